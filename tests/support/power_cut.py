"""Gives the files of a directory a state that a power cut could have left, from the log that power_cut.cpp wrote.

The model of the disk:
- what was written before a sync began that then succeeded is there;
- of each later write, every sector of 512 bytes is there or is not, by itself; a sector is never torn;
- the size of a file is that of the last sync or any later one; where it grew without the bytes arriving there are zeros
  or what lay there before;
- names come and go in their order, as in the journal of a file system, and are certain after a sync of the directory.

-shm, which SQLite maps into memory and makes anew after a crash, is kept, filled with noise, or removed.
"""
import dataclasses
import pathlib
import struct

SECTOR = 512
HEADER = struct.Struct("=cBIQ")
INDEX_OF_WAL = "-shm"
SURVIVAL = (0.0, 0.1, 0.5, 0.9, 1.0)  # of a sector that was not synced; one of them for a whole cut


@dataclasses.dataclass
class Change:
    """A record of the log; `kind` is one of the letters in power_cut.cpp."""

    kind: str
    name: str
    number: int
    data: bytes


def read_log(path):
    """The changes of a log, without a last one that the end of the process cut short."""
    log = pathlib.Path(path).read_bytes()
    at = 0
    while at + HEADER.size <= len(log):
        kind, name_length, length, number = HEADER.unpack_from(log, at)
        name_end = at + HEADER.size + name_length
        if name_end + length > len(log):
            return
        yield Change(kind.decode(), log[at + HEADER.size:name_end].decode(), number, log[name_end:name_end + length])
        at = name_end + length


class Synced:
    """A state that is certain, and the changes behind it that are not yet."""

    def __init__(self, certain):
        self.certain = certain
        self.pending = []
        self._settled = 0

    def add(self, change):
        self.pending.append(change)

    def mark(self):
        """Stands for all changes until now."""
        return self._settled + len(self.pending)

    def settle(self, mark):
        """What the mark stands for is certain."""
        count = max(mark - self._settled, 0)
        for change in self.pending[:count]:
            self.apply(self.certain, change)
        del self.pending[:count]
        self._settled += count

    def now(self):
        state = self.certain.copy()
        for change in self.pending:
            self.apply(state, change)
        return state


class File(Synced):
    """The bytes of a file."""

    def __init__(self, content=b""):
        super().__init__(bytearray(content))

    @staticmethod
    def apply(content, change):
        if change.kind == "t":
            del content[change.number:]
            content.extend(bytes(change.number - len(content)))
            return
        content.extend(bytes(max(change.number - len(content), 0)))
        content[change.number:change.number + len(change.data)] = change.data

    def after_cut(self, rng, survival, filler):
        """(content, sectors that were not synced, those of them that were lost)"""
        content, size, survivors, at_risk, lost = self.certain.copy(), len(self.certain), {}, 0, 0
        for change in self.pending:
            self.apply(content, change)
            if rng.random() < survival:
                size = len(content)
            for sector in sectors(change):
                at_risk += 1
                if rng.random() < survival:
                    survivors[sector] = content[sector * SECTOR:(sector + 1) * SECTOR].ljust(SECTOR, b"\0")
                else:
                    lost += 1
        content = self.certain.copy()
        content.extend(filler(max(size - len(content), 0)))
        for sector, kept in survivors.items():
            if sector * SECTOR < size:
                content[sector * SECTOR:(sector + 1) * SECTOR] = kept
        return content[:size], at_risk, lost


def sectors(change):
    if change.kind != "w" or not change.data:
        return range(0)
    return range(change.number // SECTOR, (change.number + len(change.data) - 1) // SECTOR + 1)


class Names(Synced):
    """The files of a directory by their names. The changes carry the File itself."""

    @staticmethod
    def apply(names, change):
        if change.kind == "c":
            names[change.name] = change.data
        elif change.kind == "u":
            names.pop(change.name, None)
        else:
            names[change.data] = names.pop(change.name)

    def after_cut(self, rng):
        names = self.certain.copy()
        for change in self.pending[:rng.randint(0, len(self.pending))]:
            self.apply(names, change)
        return names


class Disk:
    """The directory as its log tells it, from the files that were there at the beginning."""

    def __init__(self, directory):
        found = {path.name: File(path.read_bytes()) for path in files_in(directory)}
        self.names = Names(found)
        self.files = dict(found)  # as the process sees them
        self.syncs = {}
        self.last = None

    def play(self, changes):
        for change in changes:
            if not change.name.endswith(INDEX_OF_WAL):
                self.last = change
                self._take(change)

    def _take(self, change):
        if change.kind in "sd":
            self._sync(change)
        elif change.kind in "wt":
            self.files[change.name].add(change)
        else:
            data = File() if change.kind == "c" else change.data.decode()
            named = dataclasses.replace(change, data=data)
            self.names.add(named)
            Names.apply(self.files, named)

    def _sync(self, change):
        if change.kind == "s":
            target = self.names if change.name == "." else self.files[change.name]
            self.syncs[change.number] = (target, target.mark())
        else:
            target, mark = self.syncs.pop(change.number)
            target.settle(mark)

    def differences(self, directory):
        """Where the log does not give what is there: changes by calls that power_cut.cpp does not know. The very last
        change may be half made."""
        found = {path.name: path.read_bytes() for path in files_in(directory)}
        half_made = {self.last.name} if self.last and self.last.kind in "cur" else set()
        if self.last and self.last.kind == "r":
            half_made.add(self.last.data.decode())
        wrong = sorted((set(found) ^ set(self.files)) - half_made)
        for name in set(found) & set(self.files):
            if not self._agrees(name, found[name], bytes(self.files[name].now())):
                wrong.append(name)
        return wrong

    def _agrees(self, name, found, told):
        if found == told:
            return True
        if self.last is None or self.last.name != name or self.last.kind not in "wt":
            return False
        begin, end = self.last.number, self.last.number + len(self.last.data)
        return found[:begin] == told[:begin] and (self.last.kind == "t" or found[end:] == told[end:])


def files_in(directory):
    directory = pathlib.Path(directory)
    return [path for path in directory.iterdir() if not path.name.endswith(INDEX_OF_WAL)] if directory.exists() else []


class PowerCut:
    """Cuts of one directory: `before_start`, run and kill a process, `strike`."""

    def __init__(self, library, directory, log, swallow_syncs=False):
        self.directory = pathlib.Path(directory).resolve()
        self.log = pathlib.Path(log).resolve()
        self._environment = {"LD_PRELOAD": library, "POWER_CUT_DIRECTORY": self.directory, "POWER_CUT_LOG": self.log,
                        "POWER_CUT_SYNCS": "swallow" if swallow_syncs else "pass"}
        self.at_risk = self.lost = 0  # sectors, over all cuts
        self.unseen = []  # files with changes that the log does not have
        self._disk = None

    def before_start(self, at=None):
        """Gives the environment for the process. `at`: (name, n), it is killed before the n-th change of that file."""
        self.log.unlink(missing_ok=True)
        self._disk = Disk(self.directory)
        return {**self._environment, **({"POWER_CUT_AT": f"{at[0]}:{at[1]}"} if at else {})}

    def strike(self, rng):
        if not self.log.exists():
            return  # killed before it did anything
        self._disk.play(read_log(self.log))
        self.unseen += self._disk.differences(self.directory)
        survival = rng.choice(SURVIVAL)
        filler = rng.choice((bytes, rng.randbytes))
        names = self._disk.names.after_cut(rng)
        for path in files_in(self.directory):
            path.unlink()
        for name, file in names.items():
            content, at_risk, lost = file.after_cut(rng, survival, filler)
            self.at_risk += at_risk
            self.lost += lost
            (self.directory / name).write_bytes(content)
            (self.directory / name).chmod(0o600)
        self._strike_index(rng)

    def _strike_index(self, rng):
        for path in self.directory.glob("*" + INDEX_OF_WAL):
            fate = rng.choice(("kept", "noise", "gone"))
            if fate == "gone":
                path.unlink()
            elif fate == "noise":
                path.write_bytes(rng.randbytes(path.stat().st_size))
