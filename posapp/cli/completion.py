"""`posapp completion`: a script that lets the shell complete commands and options."""

import argparse
from collections.abc import Iterator

from posapp.cli.context import Context
from posapp.cli.parser import Group

_BASH = """\
# posapp completion: source this file, or put it into /etc/bash_completion.d/posapp
_posapp() {{
    local word at="" current="${{COMP_WORDS[COMP_CWORD]}}" skip=0 index
    for ((index = 1; index < COMP_CWORD; index++)); do
        word="${{COMP_WORDS[index]}}"
        if ((skip)); then skip=0; continue; fi
        case "$word" in
            --database|--business|--till|--user) skip=1 ;;
            -*) ;;
            *) case " {levels} " in *" ${{at:+$at/}}$word "*) at="${{at:+$at/}}$word" ;; esac ;;
        esac
    done
    case "$at" in
{cases}
    esac
    COMPREPLY=($(compgen -W "$COMPREPLY" -- "$current"))
}}
complete -o default -F _posapp posapp posapp-cli
"""
_ZSH = "#compdef posapp\nautoload -U +X bashcompinit && bashcompinit\n"


def add_to(root: Group) -> None:
    """Add `completion`."""
    command = root.command(
        "completion",
        _completion,
        "print a completion script for a shell",
        details="For bash: source <(posapp completion bash)",
        is_free=True,
    )
    command.add_argument("shell", choices=["bash", "zsh", "fish"])
    command.set_defaults(grammar=root.parser)


def _completion(ctx: Context) -> None:
    levels = dict(_levels(ctx.args.grammar))
    made = _fish(levels) if ctx.args.shell == "fish" else _bash(levels)
    script = _ZSH + made if ctx.args.shell == "zsh" else made
    ctx.out.result({"shell": ctx.args.shell, "script": script}, script.rstrip())


def _levels(parser: argparse.ArgumentParser, at: str = "") -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each level of commands (`customer/phone`) with the words that may follow and their help."""
    words: list[tuple[str, str]] = []
    for action in parser._actions:
        said = "" if action.help in (None, argparse.SUPPRESS) else str(action.help)
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            words += [(name, helps.get(name, "")) for name in action.choices]
            for name, below in action.choices.items():
                yield from _levels(below, f"{at}/{name}" if at else name)
        elif action.option_strings:
            words += [(option, said) for option in action.option_strings if option.startswith("--")]
        if action.choices and not isinstance(action, argparse._SubParsersAction):
            words += [(str(choice), "") for choice in action.choices]
    yield at, words


def _bash(levels: dict[str, list[tuple[str, str]]]) -> str:
    cases = "\n".join(
        f'        "{at}") COMPREPLY="{" ".join(word for word, _ in words)}" ;;'
        for at, words in levels.items()
    )
    return _BASH.format(levels=" ".join(filter(None, levels)), cases=cases)


def _fish(levels: dict[str, list[tuple[str, str]]]) -> str:
    lines = [_FISH.format(levels=" ".join(filter(None, levels)))]
    for at, words in levels.items():
        for word, said in words:
            what = f"-l {word[2:]}" if word.startswith("--") else f"-f -a {word}"
            told = said.replace("\\", "").replace("'", "").replace("%%", "%")
            lines.append(f"complete -c posapp -n '__posapp_at \"{at}\"' {what} -d '{told}'")
    return "\n".join(lines) + "\n"


_FISH = """\
# posapp completion: put this file into ~/.config/fish/completions/posapp.fish
function __posapp_at
    set -l levels {levels}
    set -l at ""
    for word in (commandline -opc)[2..-1]
        set -l next (string trim -l -c / -- "$at/$word")
        contains -- $next $levels; and set at $next
    end
    test "$at" = "$argv[1]"
end"""
