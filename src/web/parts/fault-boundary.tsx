import Button from 'antd/es/button';
import { Component, type ReactNode } from 'react';
import { Alert } from './alert.js';

interface FaultBoundaryProps {
  readonly children: ReactNode;
}

/** Keeps a part that breaks, or whose code does not arrive, from taking the whole page with it. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Alert tone="wrong" title="这一部分没有打开" urgent>
        <p>可能是网络中断，或者系统刚刚升级。请刷新页面；一直这样时请告诉系统管理员。</p>
        <Button size="small" onClick={() => window.location.reload()}>
          刷新
        </Button>
      </Alert>
    );
  }
}
