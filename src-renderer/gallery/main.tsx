import { createRoot } from 'react-dom/client';
import { LocaleProvider } from '../i18n/context.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import '../styles/index.css';
import { Gallery } from './gallery.tsx';
import './gallery.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <LocaleProvider>
    <ToastProvider>
      <Gallery />
    </ToastProvider>
  </LocaleProvider>,
);
