import { Check, X } from 'lucide-react';
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { useT } from '../i18n/context.tsx';
import { IconButton } from './button.tsx';

type Say = (words: string) => void;
const ToastContext = createContext<Say>(() => undefined);

/** Says in one line what was done. It leaves after a while, or at once by its button; a newer one takes its place. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const [toast, setToast] = useState<{ readonly words: string; readonly at: number } | null>(null);
  const say = useCallback<Say>((words) => setToast({ words, at: Date.now() }), []);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(null), 8000);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <ToastContext value={say}>
      {children}
      <div className="toasts" role="status">
        {toast && (
          <div className="toast" key={toast.at}>
            <Check aria-hidden size={18} strokeWidth={2} />
            <span>{toast.words}</span>
            <IconButton label={t('action.close')} icon={X} onPress={() => setToast(null)} />
          </div>
        )}
      </div>
    </ToastContext>
  );
}

export function useToast(): Say {
  return useContext(ToastContext);
}
