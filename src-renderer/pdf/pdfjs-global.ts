import * as pdfjs from 'pdfjs-dist';

// pdf.js' components take the library from this global, and must find it when their own module runs: import this file before them.
Object.assign(globalThis, { pdfjsLib: pdfjs });
