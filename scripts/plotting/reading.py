"""Reading a result file: what the pictures need of it, over the replicates that are complete in every strategy."""

import dataclasses

import numpy as np
import xarray as xr

from plotting.style import BLACK, PALETTE

NEEDED = [
    "strategy_name", "function_name", "component_name", "time", "time_bounds", "replicate", "run_status", "violent_deaths", "armed_conflict",
    "mission_open", "uniformed", "strength", "consent_host", "consent_popular", "assessed_cost", "population", "state_control",
    "capacity", "services", "security_level", "region_name", "deaths",
]
YEAR = np.timedelta64(31557600, "s")  # 365.25 days
REPLICATES_AT_ONCE = 100  # bounds memory where a variable is by region


class Fault(Exception):
    """What the user did wrong, and the exit status that says so."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


@dataclasses.dataclass
class Result:
    """What the pictures need; arrays are [strategy x replicate x time] with the replicates complete in all strategies."""

    data: xr.Dataset
    name: str
    keep: np.ndarray       # positions of the complete replicates
    strategies: list       # shown names, in file order
    reference: int
    order: list            # strategies as shown: the reference, then by date of exit
    colours: list
    begins: np.ndarray     # first day of each interval
    times: np.ndarray      # day after its last
    compare_from: np.datetime64
    exits: np.ndarray      # [strategy x replicate] last day of the mission, NaT if it stays

    def series(self, variable):
        """A national variable."""
        return self.data[variable].isel(replicate=self.keep).values.astype(float)

    def by_region(self, variable, reduce, **which):
        """reduce(values, positions) for blocks [replicate x time x region ...] of each strategy, joined again."""
        out = []
        for s in range(len(self.strategies)):
            blocks = []
            for first in range(0, len(self.keep), REPLICATES_AT_ONCE):
                at = {"strategy": s, "replicate": self.keep[first:first + REPLICATES_AT_ONCE]}
                blocks.append(reduce(self.data[variable].isel(**at, **which).values, at))
            out.append(np.concatenate(blocks))
        return np.stack(out)

    def per_person(self, variable, **which):
        """A regional variable as the mean over regions, weighted by their population."""

        def mean(values, at):
            people = self.data["population"].isel(**at).values
            return (values * people).sum(axis=-1) / people.sum(axis=-1)

        return self.by_region(variable, mean, **which)


def load(path):
    """Opens a result file. Throws Fault if there is none, or if another program wrote it."""
    if not path.is_file():
        raise Fault(66, f"{path}: no such file")
    try:
        data = xr.open_dataset(path, engine="h5netcdf")
    except PermissionError:
        raise Fault(66, f"{path}: may not be read") from None
    except Exception:  # the HDF5 libraries throw what they like for a foreign or damaged file
        raise Fault(65, f"{path}: not a result of drawdown (no NetCDF-4 file)") from None
    missing = [name for name in NEEDED if name not in data.variables]
    missing += [name for name in ("title", "scenario", "seed", "compare_with", "compare_from") if name not in data.attrs]
    if missing:
        raise Fault(65, f"{path}: not a result of drawdown compare (lacks {', '.join(missing[:3])}{' ...' if len(missing) > 3 else ''})")
    if "police" not in data["function_name"].values:
        raise Fault(65, f"{path}: has no capacity of the police to draw")
    if data.sizes["time"] < 3:
        raise Fault(65, f"{path}: has {data.sizes['time']} intervals, too few to draw")
    keep = np.flatnonzero((data["run_status"].values == 0).all(axis=0))
    if keep.size == 0:
        raise Fault(65, f"{path}: no replicate is complete in every strategy")

    names = [str(name) for name in data["strategy_name"].values]
    reference = names.index(data.attrs["compare_with"]) if data.attrs["compare_with"] in names else 0
    begins, times = data["time_bounds"].values.T
    exits = last_days(path, data["replicate"].values[keep], exit_days(data["mission_open"].isel(replicate=keep).values > 0.5, begins))
    others = [s for s in range(len(names)) if s != reference]
    far = np.datetime64("2262-01-01", "ns")
    by_exit = sorted(others, key=lambda s: (np.sort(np.where(np.isnat(exits[s]), far, exits[s]))[len(keep) // 2], s))
    colours = [BLACK] * len(names)
    for i, s in enumerate(others):
        colours[s] = PALETTE[i % len(PALETTE)]
    shown = [name.replace("_", " ") for name in names]
    shown = [name if len(name) <= 20 else name[:19] + "\N{HORIZONTAL ELLIPSIS}" for name in shown]
    return Result(data, path.stem, keep, shown, reference, [reference] + by_exit, colours, begins,
                  times, np.datetime64(data.attrs["compare_from"], "ns"), exits)


def exit_days(is_open, begins):
    """[strategy x replicate] first day of the interval from which on the mission is closed, NaT where it never is."""
    closed_intervals = np.logical_and.accumulate(~is_open[..., ::-1], axis=-1).sum(axis=-1)
    first = is_open.shape[-1] - closed_intervals
    days = begins[np.minimum(first, is_open.shape[-1] - 1)]
    return np.where(closed_intervals > 0, days, np.datetime64("NaT"))


def last_days(path, replicates, closed):
    """[strategy x replicate] last day of the mission: the day before it closed, by the log of events where it tells the week."""
    closed = closed.copy()
    try:
        log = xr.open_dataset(path, engine="h5netcdf", group="events")
        kinds = log["event_kind"].attrs["flag_meanings"].split()
        seen = np.flatnonzero(log["event_kind"].values == kinds.index("mission_closes"))
        where = {int(number): position for position, number in enumerate(replicates)}
        latest = np.full(closed.shape, np.datetime64("NaT", "ns"))
        strategy, replicate, day = (log[name].values[seen] for name in ("event_strategy", "event_replicate", "event_day"))
        for s, r, d in zip(strategy, replicate, day):
            position = where.get(int(r))
            if position is not None and d <= closed[s, position]:
                latest[s, position] = np.fmax(latest[s, position], d)
        closed = np.where(np.isnat(latest), closed, latest)
    except (OSError, KeyError, ValueError):
        pass  # without a log, the first day of the interval without mission is near enough
    return closed - np.timedelta64(1, "D")
