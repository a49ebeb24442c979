/** The syntax tree of the Jinja2 that this library renders. */

export type JinjaExpression =
  | { readonly kind: 'constant'; readonly value: null | boolean | string | bigint | number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list' | 'tuple'; readonly items: readonly JinjaExpression[] }
  | { readonly kind: 'attribute'; readonly object: JinjaExpression; readonly name: string }
  | { readonly kind: 'item'; readonly object: JinjaExpression; readonly key: JinjaExpression }
  | {
      readonly kind: 'method' | 'filter';
      readonly name: string;
      readonly object: JinjaExpression;
      readonly args: readonly JinjaExpression[];
    }
  | {
      readonly kind: 'test';
      readonly name: string;
      readonly negated: boolean;
      readonly object: JinjaExpression;
    }
  | {
      readonly kind: 'compare';
      readonly first: JinjaExpression;
      readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: JinjaExpression }[];
    }
  | {
      readonly kind: 'and' | 'or' | 'concatenate' | 'add';
      readonly left: JinjaExpression;
      readonly right: JinjaExpression;
    }
  | { readonly kind: 'not' | 'negative' | 'positive'; readonly operand: JinjaExpression }
  | {
      readonly kind: 'conditional';
      readonly test: JinjaExpression;
      readonly then: JinjaExpression;
      readonly otherwise: JinjaExpression | undefined;
    };

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export type JinjaStatement =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly value: JinjaExpression }
  | { readonly kind: 'set'; readonly name: string; readonly value: JinjaExpression }
  | {
      readonly kind: 'if';
      /** `if` and its `elif` parts */
      readonly branches: readonly JinjaBranch[];
      readonly otherwise: readonly JinjaStatement[];
    };

export interface JinjaBranch {
  readonly test: JinjaExpression;
  readonly body: readonly JinjaStatement[];
}
