import { useEffect, useState } from 'react';
import styles from './drop-target.module.css';
import { useDeskUpload } from './use-upload.js';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Lets the whole page take files that are dropped on it. */
export function DropTarget() {
  const upload = useDeskUpload();
  const [over, setOver] = useState(false);
  const take = upload?.take;
  useEffect(() => {
    if (take === undefined) return;
    const onOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [take]);
  if (!over) return null;
  return (
    <div className={styles.over}>
      <p>松开即上传，逐件分案</p>
    </div>
  );
}
