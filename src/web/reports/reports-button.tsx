import Button from 'antd/es/button';
import { Suspense, useState } from 'react';
import { useMay } from '../desk/court.js';
import { later } from '../parts/later.js';

const ReportDialog = later(async () => (await import('./report-dialog.js')).ReportDialog);

/** Opens 台账 and 周报 for whoever may have them. */
export function ReportsButton() {
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may('register.export') && !may('report.export')) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>流程台账和周报</Button>
      <Suspense>{isOpen && <ReportDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
