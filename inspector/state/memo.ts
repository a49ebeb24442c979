/** Components that render again only when one of their properties has changed. */

import { Component, type ComponentType, createElement } from 'preact';

export function memo<P extends object>(Inner: (props: P) => preact.ComponentChild): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const keys = new Set([...Object.keys(this.props), ...Object.keys(next)]) as Set<keyof P>;
      return [...keys].some((key) => this.props[key] !== next[key]);
    }

    override render() {
      return createElement(Inner, this.props as P & preact.Attributes);
    }
  };
}
