export { createLine, type Line } from '../../src-main/practice/line.ts';
