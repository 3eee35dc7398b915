"""All of the writers' files, held against each other and against what the code says."""

from itertools import chain
from pathlib import Path

from proofread.answers import faults_of_answers
from proofread.examples import faults_of_examples
from proofread.faults import Fault
from proofread.numbers import faults_of_numbers
from proofread.rules import faults_of_rules
from proofread.said import Said
from proofread.sentences import Desk, faults_of_sentences
from proofread.texts import Texts


def faults_in(root: Path, code: Path) -> list[Fault]:
    """What is to be mended, in order of place. Where a file can't be read, only that is told: the rest would follow.

    The files are under `root`, the code that says them under `code`.
    """
    texts = Texts.under(root)
    alone = [*texts.faults, *faults_of_sentences(root, texts, Desk.under(code)), *faults_of_numbers(root, texts)]
    if texts.faults:
        return sorted(set(alone))
    found = chain(faults_of_answers(texts, Said.under(code)), faults_of_examples(texts), faults_of_rules(texts))
    return sorted({*alone, *found})
