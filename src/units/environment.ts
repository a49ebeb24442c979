/** What Jinja templates of units may see of their surroundings (spec `units.md` 4.2). */
export interface TemplateEnvironment {
  /** `__checkbox_env__`: the configured environment. */
  readonly checkbox: ReadonlyMap<string, string>;
  /** `__system_env__`: only what the caller passes, never the process environment (`deviations.md` E). */
  readonly system: ReadonlyMap<string, string>;
  /** `__on_ubuntucore__` */
  readonly onUbuntuCore: boolean;
}

export const EMPTY_ENVIRONMENT: TemplateEnvironment = {
  checkbox: /* @__PURE__ */ new Map(),
  system: /* @__PURE__ */ new Map(),
  onUbuntuCore: false,
};
