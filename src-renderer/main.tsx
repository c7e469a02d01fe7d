import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { connect } from './bridge/connect.ts';
import './styles/index.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App {...connect()} />);
