"""Signs of a tone that a person can name: swearing, shouting, praise beside trouble, "thanks for losing it", 🙄.

Capitals, punctuation and emojis are what the sentence's vector can't see. Each cue is a pattern; what it finds is shown
to reps as the words that led to a tone.
"""

import re
from collections import defaultdict

import numpy as np

READ = 1_000
"""Characters of a message that are looked at: who is upset is so from the beginning."""
MOST = 3
"""A cue found more often counts as found this often."""
CURLY = str.maketrans("’‘´`“”", "''''\"\"")


def _words(words: str) -> "re.Pattern[str]":
    """Any of the words, whole; between them a space may be any spaces. Those of one letter are tried together."""
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for word in " ".join(words.split()).split(" | "):
        letter, rest = (word[0], word[1:]) if word[0].isalpha() else ("", word)
        by_letter[letter].append(rest.replace(" ", r"\s+"))
    alternatives = "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


CUES: dict[str, "re.Pattern[str]"] = {
    # How it's written.
    "shouting": re.compile(r"\b[A-Z]{3,}\b"),
    "several_marks": re.compile(r"[!?]{2,}"),
    "exclamation": re.compile(r"(?<![!?])!(?![!?])"),
    "question": re.compile(r"(?<![!?])\?(?![!?])"),
    "drawn_out": re.compile(r"\b\w{0,20}?([a-z])\1{2,}\w{0,20}", re.IGNORECASE),
    "quoted": re.compile(r"(?:(?<=\s)|^)[\"'][\w' ]{2,30}[\"'](?!\w)"),
    "dots": re.compile(r"\.{2,}|…"),
    "hashtag": re.compile(r"#\w+"),
    "hashtag_of_irony": re.compile(
        r"#\w{0,20}(?:not|sarcas|iron|joke|lol|win|blessed|fail)\w{0,20}|[.…,-] ?not\b\W{0,3}$|\bNOT\b\W{0,3}$",
        re.IGNORECASE,
    ),
    "wry_emoji": re.compile("[🙄🙃😒😑😐😏🤡🥴]"),
    "merry_emoji": re.compile("[😂🤣😅😀🎉👍👏👌💀🤔]"),
    "warm_emoji": re.compile(r"[❤♥😍🙏😊☺😘💕💖🥰😁💙✈💜😃😄]|:-?\)|<3|:D"),
    "angry_emoji": re.compile(r"[😡😠🤬😤👎💩🖕😭😩😢😞]|:-?\("),
    # Anger.
    "swearing": _words(
        r"""
        fuck\w* | f\*+\w* | wtf | wth | shit\w* | crap\w* | damn | damned | goddamn | hell | bloody | ass | arse
        | bastards? | bitch\w* | bullshit | bs | piss\w* | sucks? | screw | screwed | dick\w* | cunts? | idiots?
        | idiotic | stupid | morons? | clowns? | ffs | jerks? | scum | trash | garbage
        """
    ),
    "blame": _words(
        r"""
        worst | terrible | horrible | horrendous | horrid | awful | appalling | disgust\w* | disgrace\w* |
        dreadful | ridiculous | unacceptable | pathetic | useless | shame\w* | ashamed | shambles | shocking |
        outrage\w* | absurd | unbelievable | nightmare | jokes? | farce | mess | rubbish | nonsense | rude\w* |
        nasty | lazy | arrogant | unprofessional | incompeten\w* | careless | poor | poorly | gross | inedible |
        filthy | liars? | lies | lied | lying | thie(?:f|ves) | theft | robb\w* | robbers? | steal\w* | stole |
        scam\w* | fraud\w* | crooks? | rip ?off | ripped off | con | bullying | bullies | no excuse | excuses? |
        no apology | no reply | no response | no answer | no help | waste[ds]? | wasting | ruin\w* | fails? |
        failed | failure | avoid | boycott | sue | legal action | never again | last straw | how dare | don't
        care | couldn't care less
        """
    ),
    "anger": _words(
        r"""
        furious | livid | angry | fuming | mad | fed up | sick of | tired of | had enough | enough | hate |
        hates | upset | unhappy | annoy\w* | infuriat\w* | frustrat\w* | insult\w* | disappoint\w* |
        dissapoint\w* | not happy | not impressed | not good enough | not okay | beyond | seriously | let
        (?:me|us) down | cried | crying | stranded | demand | manager | complaint
        """
    ),
    "you": _words(
        "you | your | u | ur | you're | youre | yours | yourselves | you've | you lot | you guys | you people"
    ),
    # Praise, trouble, and what tells the one kind of praise from the other.
    "praise": _words(
        r"""
        love | loves | loved | loving | adore | great | good | best | better | amazing | amazed | awesome |
        fantastic | brilliant | excellent | wonderful | perfect | perfectly | lovely | nice | nicely | superb |
        fabulous | fab | stellar | outstanding | splendid | magnificent | delight\w* | thrilled | impress\w* |
        beautiful | fun | enjoy\w* | glad | happy | thank | thanks | thx | cheers | congrats | congratulations |
        kudos | props | bravo | well done | yay | hooray | woohoo | wow | appreciate\w* | kind | helpful |
        professional | genius | magic | magical | classy | clever | smart | quick | fast | smooth | win |
        winning | blessed | lucky | favou?rite | excit\w* | proud | cool | top | first class | \d+ stars? | five
        stars? | 10/10 | quality | reliable | efficient | joy | treat | heroe?s? | star | sweet | pleasure |
        fresh | gift | talented | thoughtful | generous | super
        """
    ),
    "trouble": _words(
        r"""
        late | later | delay\w* | cancel\w* | lost | lose[sr]? | losing | missing | missed | miss | broken? |
        breaks? | broke | crash\w* | wait\w* | on hold | hold | queues? | stuck | stranded | down | slow | never
        | nobody | no ?one | none | nothing | without | not | isn'?t | can'?t | cannot | won'?t | don'?t |
        doesn'?t | didn'?t | wasn'?t | wrong | fail\w* | problems? | issues? | errors? | bugs? | fees? |
        charg\w* | overcharged | double | twice | again | still | another | refunds? | complain\w* | damaged? |
        ruin\w* | dirty | cold | rude | ignor\w* | worst | worse | bad | terrible | awful | horrible | hate |
        empty | dead | sick | ill | pain | headache | rain | exams? | monday | work | fired | closed | out of
        stock | refus\w* | hung up | transferred | hours? | hrs? | days? | weeks? | months? | mins? | minutes |
        expensive | unable | useless | fix | disconnect\w* | bills? | st[eo]al\w* | stole | scam | smell\w* |
        sleep\w* | lie[sd]? | liar | cry | crying | tears | panic | kill | die | died | war | poor | alone |
        single | tired | exhausted | hungover | homework | deadlines? | essay
        """
    ),
    "thanks_for": re.compile(
        r"\b(?:thanks?|thx|thank (?:you|u)|cheers|kudos|congrats|congratulations|props)\b[^.!?]{0,25}?\b(?:for|on|to)\b"
        r"(?: the| that| my| this| your)?\s+(?!your help|the help|help|sharing|info|helping|quick|fixing|great)\w+",
        re.IGNORECASE,
    ),
    "love_doing": re.compile(
        r"\b(?:love|loving|adore|enjoy|like)\s+(?:it )?(?:when|how|that|the way|to|not|\w{2,20}ing)\b", re.IGNORECASE
    ),
    "so_glad": re.compile(
        r"\b(?:so|really|just|very|such)\s+(?:glad|happy|excited|lucky|blessed|grateful|thrilled|pleased|proud|nice|kind"
        r"|helpful|fun)\b|\bcan'?t wait\b",
        re.IGNORECASE,
    ),
    "opening": re.compile(
        r"^\W*(?:oh|ah|wow|yay|gee|great|nice|awesome|fantastic|brilliant|lovely|perfect|wonderful|sure|yes|yeah|yup|good"
        r"|congrats|congratulations|bravo|well|so|apparently|fun|cool|ok|hooray|way|who|because|nothing|another|just|love"
        r"|loving|thanks|thank|glad)\b",
        re.IGNORECASE,
    ),
    "mock_praise": _words(
        r"""
        way to | (?:good|great|nice|well) (?:job|work|going|one|done|played) | bravo | slow clap | hats off |
        good luck | keep (?:it|up) | just what | nothing (?:like|says|beats|better) | who (?:needs|knew|doesn't)
        | said no ?one | yeah right | oh (?:great|good|joy|yes|yay|look|sure|wow|how|well) | no worries | no
        rush | take your time | of course | makes sense | such an? | what an? | how
        (?:nice|kind|lovely|sweet|thoughtful|lucky|brave|cute|convenient) | must be | living the | if only | as
        if | not like | surprise | shock\w* | turns out | apparently | supposedly | surely | imagine | at its
        (?:finest|best) | first class | top notch | go figure | i guess | i see | i suppose | thank
        (?:god|goodness) | at least | so much for | because | in case | let me guess
        """
    ),
    "best_or_worst_ever": _words(
        r"""
        (?:best|worst|greatest)\s?[\w']*\s?[\w']*\s?ever | always | every single | every time
        """
    ),
    "stress": _words(
        r"""
        so | such | really | very | totally | absolutely | truly | literally | completely | utterly | extremely
        | super | too | definitely | clearly | obviously | simply | just | even | quite | only
        """
    ),
    "negation": _words(
        r"""
        not | no | never | nothing | none | nobody | \w+n't | cannot | cant | dont | wont | didnt | without
        """
    ),
    "waited": re.compile(
        r"\b(?:\d{1,4}\+?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half an|an|several|few)[ -]?"
        r"(?:more )?(?:hours?|hrs?|h|days?|weeks?|months?|years?|mins?|minutes|times)\b",
        re.IGNORECASE,
    ),
    "again": _words(
        r"""
        again | another | yet | third | 3rd | fourth | 4th | second | 2nd | once more | still | ever
        """
    ),
    # Plain speech.
    "asking": _words(
        r"""
        please | pls | plz | could you | can you | would you | can i | could i | may i | is there | is it | do
        you | does | how do | how can | how much | how long | how many | what is | what's | where can | where is
        | where's | when will | when does | which | wondering | any idea | anyone | let me know | hi | hello |
        hey | question | advise | help me | possible | would like | i'd like
        """
    ),
    "plain_no": re.compile(
        r"\b(?:i|i'm|im|it|it's|that|he|she|they|we)\s+(?:am |is |was |are |do |did |have |had |really )?(?:not|don'?t"
        r"|didn'?t|can't|wasn't|isn't|hate|dislike|feel|felt|hope|wish|think|believe|need)\b",
        re.IGNORECASE,
    ),
}

TOGETHER = (
    ("praise", "trouble"),
    ("praise", "waited"),
    ("praise", "negation"),
    ("thanks_for", "trouble"),
    ("love_doing", "trouble"),
    ("praise", "exclamation"),
)
"""Pairs that say more together than each alone."""
ONLY_PRAISE = ("praise", "trouble")
"""The first without the second: meant as it's said, as a rule."""
NAMES = (*CUES, *("+".join(pair) for pair in TOGETHER), "only_praise")


def found_in(text: str) -> dict[str, list[str]]:
    """Of each cue that's in the beginning of a text, the words that show it."""
    plain = text[:READ].translate(CURLY)
    found = {name: [match.group() for match in cue.finditer(plain)] for name, cue in CUES.items()}
    return {name: words for name, words in found.items() if words}


def strengths(found: dict[str, list[str]]) -> np.ndarray:
    """How much of each of NAMES there is, from 0 to 1; the first sight of a cue counts most."""
    counts = [np.log2(1 + min(len(found.get(name, ())), MOST)) / np.log2(1 + MOST) for name in CUES]
    pairs = [min(2.0, len(found.get(a, ()))) * min(2.0, len(found.get(b, ()))) / 4 for a, b in TOGETHER]
    praise, trouble = ONLY_PRAISE
    return np.array([*counts, *pairs, float(praise in found and trouble not in found)])


def words_behind(name: str, found: dict[str, list[str]]) -> list[str]:
    """The words that show one of NAMES: of a pair, those of both."""
    if name == NAMES[-1]:
        return found[ONLY_PRAISE[0]]
    return [word for cue in name.split("+") for word in found[cue]]
