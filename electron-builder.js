/** Where electron-builder looks first; the words are in build/packaging. */
import process from 'node:process';
import { createConfiguration } from './build/packaging/configuration.ts';

// oxlint-disable-next-line import/no-default-export -- electron-builder asks for it
export default createConfiguration(process.env);
