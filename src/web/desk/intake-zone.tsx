import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { download, fileAddress } from '../api/download.js';
import { messageOf } from '../api/problem.js';
import { tellWrong } from '../parts/notices.js';
import styles from './intake-zone.module.css';
import { useDeskUpload } from './use-upload.js';

function TemplateButton() {
  const fetching = useMutation({
    mutationFn: () => download(fileAddress('/api/v1/template.xlsx'), '收案表模板.xlsx'),
    onError: (error) => tellWrong(messageOf(error)),
  });
  return (
    <Button type="link" size="small" loading={fetching.isPending} onClick={() => fetching.mutate()}>
      下载收案表模板
    </Button>
  );
}

/** Where today's filings come in; files may also be dropped anywhere on the page. */
export function IntakeZone({ large = false }: { readonly large?: boolean }) {
  const upload = useDeskUpload();
  if (upload === undefined) return null;
  return (
    <section className={large ? styles.large : styles.zone} aria-label={large ? '上传今天的收案表' : '上传收案表'}>
      {large && <p className={styles.lead}>把今天的收案表拖到这里，逐件分案</p>}
      <Button
        type={large ? 'primary' : 'default'}
        block={!large}
        loading={upload.sending !== undefined}
        onClick={upload.choose}
        aria-keyshortcuts="u"
      >
        {upload.sending === undefined ? (
          <>
            上传收案表 <kbd aria-hidden>u</kbd>
          </>
        ) : (
          '正在上传…'
        )}
      </Button>
      <p className={styles.note}>
        <span>{large ? '支持 xlsx、csv、json，也可拖到页面任意处' : '或把文件拖到页面任意处'}</span>
        <TemplateButton />
      </p>
    </section>
  );
}
