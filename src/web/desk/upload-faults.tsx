import Button from 'antd/es/button';
import { Alert } from '../parts/alert.js';
import styles from './upload-faults.module.css';
import { useDeskUpload } from './use-upload.js';

/** Files that did not get in, with what to do; each stays until it is dealt with. */
export function UploadFaults() {
  const upload = useDeskUpload();
  if (upload === undefined || upload.faults.length === 0) return null;
  return (
    <div className={styles.faults}>
      {upload.faults.map((fault) => (
        <Alert key={fault.file.name} tone="wrong" title={`${fault.file.name} 没有上传成功`} urgent>
          <p>{fault.message}</p>
          <p className={styles.acts}>
            {fault.mayRetry && (
              <Button size="small" onClick={() => upload.retry(fault)}>
                再传一次
              </Button>
            )}
            <Button size="small" onClick={() => upload.forget(fault)}>
              知道了
            </Button>
          </p>
        </Alert>
      ))}
    </div>
  );
}
