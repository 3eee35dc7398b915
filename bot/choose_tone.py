"""How well the tones are heard, and the cautions: `python -m bot.choose_tone` cross-validates on `data/tone`.

Printed are, for each number, how often a line that it's for gets more than one that it's not for (AUROC; .5 is chance),
and for each caution, which is taken from the log-odds, the share of each tone's lines that reach one half.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from bot import tone_examples
from bot.tone import Tone
from bot.tone_model import ODDS, ToneModel

STRICTNESS = Tone.get_default_config()["strictness"]
CAUTIONS = (0.0, 0.4, 0.8, 1.2, 1.6)
NONE = dict.fromkeys(ODDS, 0.0)


def main() -> None:
    """Print the tables."""
    texts, tones = tone_examples.lines()
    heard = unseen(np.array(texts), np.array(tones), tone_examples.vectors_of(texts))
    for name in ODDS:
        print("\n".join(table(name, np.array(tones), heard[name])))  # noqa: T201


def unseen(texts: np.ndarray, tones: np.ndarray, vectors: np.ndarray) -> dict[str, np.ndarray]:
    """Both numbers of each line, as heard by a model that hasn't learnt from it."""
    heard = {name: np.zeros(len(texts)) for name in ODDS}
    for known, others in StratifiedKFold(5, shuffle=True, random_state=0).split(texts, tones):
        model = ToneModel.fit(list(texts[known]), list(tones[known]), vectors[known], STRICTNESS)
        for place in others:
            tone = model.listen(texts[place], vectors[place], NONE)
            heard["upset"][place], heard["unliteral"][place] = tone.upset, tone.unliteral
    return heard


def table(name: str, tones: np.ndarray, numbers: np.ndarray) -> Iterator[str]:
    """The lines of a number's table."""
    speaks_for, against = ODDS[name]
    counted = np.isin(tones, [*speaks_for, *against])
    auroc = roc_auc_score(np.isin(tones[counted], speaks_for), numbers[counted])
    yield f"{name}: {auroc:.3f}"
    yield f"{'caution':>12s}" + "".join(f"{tone:>11s}" for tone in (*speaks_for, *against))
    log_odds = np.log(numbers / (1 - numbers))
    for caution in CAUTIONS:
        shares = [np.mean(log_odds[tones == tone] >= caution) for tone in (*speaks_for, *against)]
        yield f"{caution:12.1f}" + "".join(f"{share:11.3f}" for share in shares)


if __name__ == "__main__":
    main()
