"""What was sent and acknowledged, held against what arrived at the mock."""
import dataclasses
from collections import defaultdict


@dataclasses.dataclass
class Account:
    lost: list            # acknowledged, and never arrived
    phantoms: list        # arrived, and never sent
    unexplained: list     # (id, request, request): arrived again, and no kill or lost answer explains it
    delivered: int        # events whose last copy the mock took
    dead_lettered: int    # events whose last copy it refused
    duplicated: int       # copies beyond the first
    unanswered: int       # those of them whose former copy got no answer on purpose

    def known(self):
        return self.delivered + self.dead_lettered


def draw_up(sent, acknowledged, records, kills, lost_answers, in_flight):
    """`kills`: the number of the last request that the mock had received at each kill; `lost_answers`: the numbers of
    those that it did not answer on purpose; `in_flight`: how many requests can be without a settlement at a time."""
    copies = defaultdict(list)
    for record in records:
        copies[record["event"]["event_id"]].append((record["request"], record["verdict"]["status"]))
    again = []
    for event_id, arrivals in copies.items():
        arrivals.sort()
        again += [(event_id, first, second) for (first, _), (second, _) in zip(arrivals, arrivals[1:])]
    answered = [copy for copy in again if copy[1] not in lost_answers]
    unexplained = [copy for copy in answered if not cut_off(copy[1], copy[2], kills, in_flight)]
    taken = sum(arrivals[-1][1] == "processed" for arrivals in copies.values())
    return Account(lost=sorted(acknowledged - copies.keys()), phantoms=sorted(copies.keys() - sent),
                   unexplained=unexplained, delivered=taken, dead_lettered=len(copies) - taken,
                   duplicated=len(again), unanswered=len(again) - len(answered))


def cut_off(first, second, kills, in_flight):
    """Whether the first request was among the last before a kill, and the second came after it."""
    return any(last - in_flight < first <= last < second for last in kills)
