"""Function words of a few languages: what any two articles share."""

from __future__ import annotations

_LISTED = """
a about above after again against all almost along also although always am among an and another any are around as at
away back be became because been before behind being below between both but by came can cannot could did do does done
down during each either else enough even ever every few for from further get gets got had has have having he her here
hers herself him himself his how however i if in into is it its itself just last least less like made make makes many
may me might more most much must my myself near neither never next no nor not now of off often on once one only onto
or other others our ours out over own part per perhaps put rather said same say saying says see seen several shall she
should since so some still such take taken than that the their theirs them themselves then there these they thing
things this those though three through thus to together too toward towards two under until up upon us very was we well
were what when where whether which while who whom whose why will with within without would year years yet you your
yours according added told tells asked during including monday tuesday wednesday thursday friday saturday sunday mr
mrs ms dr isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't
hadn't it's that's he's she's they're we're i'm you're there's der die das den dem des ein eine einen einem einer
eines und oder aber auch auf aus bei bis dass durch er es fur gegen hat hatte haben ich ihr ihre im in ist mit nach
nicht noch nur sein seine sich sie sind so uber um und unter vom von vor war waren wie wird wurde wurden zu zum zur
als am an werden sagte kann le la les un une des du de et ou mais donc au aux avec ce ces cette dans elle en entre est
etait etre eu il ils je leur lui ne ni nous on par pas plus pour qu que qui sa sans se ses son sont sur tout tous tres
y a ont ete fait comme dit el los las unos unas y o pero del al con como en entre es era fue ha han hay lo mas no para
por que se sin sobre su sus un una ya le les este esta estos estas dijo segun tambien
"""

COMMON_WORDS = frozenset(_LISTED.split())
"""Folded as ``words.folded`` folds."""
