import { openInBrowser } from './support/desk.ts';
import { journey } from './support/journey.ts';

journey('the journey in a browser', openInBrowser, false);
