import './pdfjs-global.ts';
import { AnnotationEditorType, AnnotationMode, type PDFDocumentProxy } from 'pdfjs-dist';
import { EventBus, PDFLinkService, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs';
import { FoldingFindController } from './folding-find.ts';

export type PageView = { readonly id: number; readonly div: HTMLDivElement; readonly width: number; readonly height: number; readonly pdfPage: object | null };

/** pdf.js' own viewer, wired with everything off that a document could use to act by itself. */
export type Engine = {
  readonly pdf: PDFDocumentProxy;
  readonly viewer: PDFViewer;
  readonly events: EventBus;
  readonly links: PDFLinkService;
  readonly find: FoldingFindController;
  readonly pageView: (number: number) => PageView | undefined;
  readonly close: () => void;
};

type EngineOptions = {
  readonly container: HTMLDivElement;
  readonly pages: HTMLDivElement;
  readonly pdf: PDFDocumentProxy;
  readonly pageLabel: (page: number) => string;
  /** What a link inside the document is called: pdf.js knows only where it lies. */
  readonly linkLabel: () => string;
  readonly startScale: string;
  /** A link to the world was chosen: its address is shown, never followed. */
  readonly onAddress: (address: string) => void;
};

export function createEngine({ container, pages, pdf, pageLabel, linkLabel, startScale, onAddress }: EngineOptions): Engine {
  const gone = new AbortController();
  const events = new EventBus();
  const links = new ShownLinks({ eventBus: events }, onAddress);
  const find = new FoldingFindController({ eventBus: events, linkService: links });
  const viewer = new PDFViewer({
    container,
    viewer: pages,
    eventBus: events,
    linkService: links,
    findController: find,
    // Seals and signatures are annotations and are drawn; fields take no input, and no editor lies over the page.
    annotationMode: AnnotationMode.ENABLE,
    annotationEditorMode: AnnotationEditorType.DISABLE,
    // Words that merely look like an address stay words.
    enableAutoLinking: false,
    // The browser's own selection is enough, and follows the theme.
    enableSelectionRendering: false,
    // 16 million dots a canvas; what is past that is drawn for the part on the screen alone.
    maxCanvasPixels: 2 ** 24,
    // Words come from our catalogue; pdf.js' English must not reach the page.
    l10n: silentWords,
    // It clears the timers and listeners when the screen leaves the document.
    abortSignal: gone.signal,
  } as ConstructorParameters<typeof PDFViewer>[0]);
  links.setViewer(viewer);
  const pageView = (number: number): PageView | undefined => viewer.getPageView(number - 1) as PageView | undefined;
  events.on('pagesinit', () => {
    for (let number = 1; number <= pdf.numPages; number++) pageView(number)?.div.setAttribute('aria-label', pageLabel(number));
    viewer.currentScaleValue = startScale;
    // The first page is seen with the ground above it.
    container.scrollTop = 0;
  });
  events.on('annotationlayerrendered', ({ pageNumber }: { readonly pageNumber: number }) => {
    for (const link of pageView(pageNumber)?.div.querySelectorAll('.linkAnnotation > a:not([aria-label])') ?? []) link.setAttribute('aria-label', linkLabel());
  });
  links.setDocument(pdf);
  viewer.setDocument(pdf);
  return {
    pdf, viewer, events, links, find, pageView,
    close: () => {
      gone.abort();
      viewer.setDocument(null);
      links.setDocument(null);
    },
  };
}

type SilentWords = NonNullable<ConstructorParameters<typeof PDFViewer>[0]['l10n']>;
const silentWords = {
  getLanguage: () => 'vi', getDirection: () => 'ltr',
  get: () => Promise.resolve(''), translate: () => Promise.resolve(), translateOnce: () => Promise.resolve(),
  destroy: () => Promise.resolve(), pause: () => undefined, resume: () => undefined,
} as unknown as SilentWords;

// pdf.js makes its links through this class; there is no functional form.
class ShownLinks extends PDFLinkService {
  readonly #onAddress: (address: string) => void;

  constructor(options: ConstructorParameters<typeof PDFLinkService>[0], onAddress: (address: string) => void) {
    super(options);
    this.#onAddress = onAddress;
  }

  /** No `href`: nothing of the browser's own (middle click, drag, Ctrl) can follow it either. */
  override addLinkAttributes(link: HTMLAnchorElement, url: string): void {
    link.setAttribute('role', 'button');
    link.setAttribute('aria-label', url);
    link.tabIndex = 0;
    link.addEventListener('click', () => this.#onAddress(url));
    link.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#onAddress(url);
    });
  }

  override getAnchorUrl(): string {
    return '#';
  }

  // A document may ask to print itself, or to close the window; the person decides that.
  override executeNamedAction(action: string): void {
    if (['NextPage', 'PrevPage', 'FirstPage', 'LastPage'].includes(action)) super.executeNamedAction(action);
  }
}
