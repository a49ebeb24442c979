/** The command line: verbs, help, exit codes. */

import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { Context } from './context.js';
import { ExitCode } from './exit-codes.js';
import { type CliIO, ClosedPipeError } from './io.js';
import { checksumVerb } from './verbs/checksum.js';
import { convertVerb } from './verbs/convert.js';
import { diffVerb } from './verbs/diff.js';
import { doctorVerb } from './verbs/doctor.js';
import { indexVerb } from './verbs/index-sessions.js';
import { jobsVerb } from './verbs/jobs.js';
import { listVerb } from './verbs/list.js';
import { logVerb } from './verbs/log.js';
import { mergeVerb } from './verbs/merge.js';
import { peekVerb } from './verbs/peek.js';
import { redactVerb } from './verbs/redact.js';
import { reportVerb } from './verbs/report.js';
import { resumeVerb } from './verbs/resume.js';
import { salvageVerb } from './verbs/salvage.js';
import { showVerb } from './verbs/show.js';
import { viewVerb } from './verbs/view.js';
import { whyVerb } from './verbs/why.js';

const VERBS = [
  showVerb,
  jobsVerb,
  logVerb,
  peekVerb,
  resumeVerb,
  whyVerb,
  checksumVerb,
  listVerb,
  doctorVerb,
  salvageVerb,
  convertVerb,
  redactVerb,
  reportVerb,
  diffVerb,
  mergeVerb,
  viewVerb,
  indexVerb,
];

const EPILOGUE = `
FILE is the \`session\` file of a dormant session, the directory around it, a tar,
tar.gz, tar.xz or zip of that, or - for standard input. A job may be named
without its namespace where that is unambiguous.

Exit codes: 0 all is well; 1 something is wrong with the session; 2 the command
line is wrong; 3 a file cannot be read. Colours: NO_COLOR, FORCE_COLOR.

Examples:
  $ plainbox-session show /var/tmp/checkbox-ng/sessions/NAME.session
  $ plainbox-session log NAME.session memory/bandwidth --stream stderr
  $ ssh lab cat NAME.session/session | plainbox-session show -`;

/**
 * Runs the program once.
 *
 * @param argv the arguments behind the name of the program
 * @returns the exit code
 */
export async function run(argv: readonly string[], io: CliIO): Promise<ExitCode> {
  const context = new Context(io);
  const said: [toError: boolean, text: string][] = [];
  const program = buildProgram(context, (toError, text) => said.push([toError, text]));
  try {
    try {
      await program.parseAsync(argv, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      context.exitCode = error.exitCode === 0 ? ExitCode.OK : ExitCode.USAGE;
    }
    for (const [toError, text] of said) await (toError ? context.err : context.out).write(text);
  } catch (error) {
    if (!(error instanceof ClosedPipeError)) throw error;
  }
  return context.exitCode;
}

function buildProgram(context: Context, say: (toError: boolean, text: string) => void): Command {
  const { out, err } = context;
  const program = new Command('plainbox-session')
    .description('Looks into the dormant test sessions of Checkbox, and resumes them.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .configureHelp({ subcommandTerm: (verb) => `${verb.name()} ${verb.usage()}`, showGlobalOptions: false })
    .addHelpText('after', EPILOGUE)
    .showHelpAfterError('Try --help.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => say(false, text),
      writeErr: (text) => say(true, text),
      getOutHelpWidth: () => out.width,
      getErrHelpWidth: () => err.width,
      getOutHasColors: () => out.colours.isColorSupported,
      getErrHasColors: () => err.colours.isColorSupported,
    });
  for (const build of VERBS) program.addCommand(build(context).copyInheritedSettings(program));
  return program.addCommand(helpVerb(program).copyInheritedSettings(program));
}

/** Commander's own one answers an unknown verb with the help for all. */
function helpVerb(program: Command): Command {
  return new Command('help')
    .summary('print help for a verb')
    .argument('[verb]')
    .usage('[verb]')
    .helpOption(false)
    .action((name: string | undefined) => {
      const verb = name === undefined ? program : program.commands.find((known) => known.name() === name);
      if (verb === undefined) program.error(`error: unknown command '${name}'`);
      else verb.outputHelp();
    });
}

/** The package lies two directories above, in the sources as in what is built of them. */
function packageVersion(): string {
  const description: unknown = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return (description as { readonly version: string }).version;
}
