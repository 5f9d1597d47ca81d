import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useState } from 'react';
import { useActKey } from '../api/act-key.js';
import { messageOf, Refusal } from '../api/problem.js';
import { batchesQuery } from '../api/queries.js';
import type { BatchView } from '../api/types.js';
import { uploadFilings } from '../api/upload.js';
import { announce } from '../parts/notices.js';

/** A file that did not get in, and why. */
export interface UploadFault {
  readonly file: File;
  readonly message: string;
  /** The same file may get in at another try. */
  readonly mayRetry: boolean;
}

export interface Upload {
  /** Opens the browser's dialog to choose files. */
  readonly choose: () => void;
  readonly take: (files: readonly File[]) => void;
  /** The name of the file on its way. */
  readonly sending: string | undefined;
  readonly faults: readonly UploadFault[];
  readonly retry: (fault: UploadFault) => void;
  readonly forget: (fault: UploadFault) => void;
}

const NAMES = /\.(xlsx|csv|json)$/i;

const refusedName = (file: File): UploadFault => ({
  file,
  mayRetry: false,
  message: '只能上传 .xlsx、.csv 或者 .json 收案表；老式 .xls 请先另存为 .xlsx',
});

/** Takes files of filings one after the other; what is refused stays on the screen until it is dealt with. */
export function useUpload(court: string, choose: () => void, onBatch: (batch: BatchView) => void): Upload {
  const client = useQueryClient();
  const act = useActKey();
  const [faults, setFaults] = useState<readonly UploadFault[]>([]);
  const sending = useMutation({
    scope: { id: 'upload' },
    mutationFn: async (file: File) => {
      const key = act.keyFor([file.name, file.size, file.lastModified]);
      return uploadFilings(court, file, key);
    },
    onMutate: (file) => announce(`正在上传 ${file.name}`),
    onSuccess: (batch) => {
      act.done();
      void client.invalidateQueries({ queryKey: ['court', court] });
      client.setQueryData(batchesQuery(court).queryKey, (known) => [batch, ...(known ?? [])]);
      onBatch(batch);
    },
    onError: (error, file) =>
      setFaults((all) => [
        ...all,
        { file, message: messageOf(error), mayRetry: !(error instanceof Refusal) || error.status >= 500 },
      ]),
  });
  const forget = (fault: UploadFault): void => setFaults((all) => all.filter((each) => each !== fault));
  return {
    choose,
    take: (files) => {
      setFaults(files.filter((file) => !NAMES.test(file.name)).map(refusedName));
      for (const file of files) if (NAMES.test(file.name)) sending.mutate(file);
    },
    sending: sending.isPending ? sending.variables.name : undefined,
    faults,
    retry: (fault) => {
      forget(fault);
      sending.mutate(fault.file);
    },
    forget,
  };
}

export const UploadContext = createContext<Upload | undefined>(undefined);

/** The desk's one way for files to come in; undefined for those who may not file. */
export const useDeskUpload = (): Upload | undefined => useContext(UploadContext);
