#!/usr/bin/python3
"""Opens a result file with every reader at hand, and checks that each sees the same well-described data.

    result_readers.py FILE

h5py, xarray through h5netcdf and through netCDF4, ncdump and h5dump. Exit 1 with a message at the first failure.
Knows nothing of what the file is about: every result of the project must pass.
"""

import shutil
import subprocess
import sys
import warnings

import h5py
import numpy as np
import xarray as xr

MOST_COMPARED = 5_000_000  # values; larger variables are compared by what is said about them
BARE_AXIS = "This is a netCDF dimension but not a netCDF variable"


def expect(holds, message):
    if not holds:
        raise AssertionError(message)


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def check_order(group):
    expect(group.id.get_create_plist().get_link_creation_order() != 0, f"h5py: {group.name} does not keep the order of variables")


def look_with_h5py(path):
    """Returns {group: {variable: axes}} and {axis: size}, after checking each dataset."""
    groups, axes = {"/": {}}, {}
    with h5py.File(path, "r") as file:
        expect(text(file.attrs.get("Conventions", "")).startswith("CF-"), "h5py: no global attribute Conventions = CF-…")
        datasets = []
        check_order(file["/"])  # the file itself has another property list

        def take(name, thing):
            if isinstance(thing, h5py.Group):
                check_order(thing)
                groups["/" + name] = {}
            else:
                expect(isinstance(thing, h5py.Dataset), f"h5py: {name} is neither group nor dataset")
                datasets.append((name, thing))

        file.visititems(take)
        for name, data in datasets:
            if h5py.h5ds.is_scale(data.id):
                expect("/" not in name, f"h5py: axis {name} is not in the root group")
                axes[name] = data.shape[0]
        for name, data in datasets:
            kind = h5py.check_string_dtype(data.dtype)
            expect(data.shape is not None, f"h5py: {name} has a null data space")
            expect(kind is None or kind.length is None, f"h5py: {name} is fixed-length text, which crashes netCDF-C")
            expect(kind is not None or data.dtype.kind in "if", f"h5py: {name} is of type {data.dtype}")
            if h5py.h5ds.is_scale(data.id) and text(data.attrs["NAME"]).startswith(BARE_AXIS):
                expect(len(text(data.attrs["NAME"])) == len(BARE_AXIS) + 11, f"h5py: {name} has an odd NAME")
                continue
            for k, axis in enumerate(data.dims if not h5py.h5ds.is_scale(data.id) else []):
                expect(len(axis) == 1, f"h5py: {name} has {len(axis)} scales on axis {k}")
                scale = axis[0]
                expect(scale.shape[0] == data.shape[k], f"h5py: {name} does not fit {scale.name} on axis {k}")
            for attribute, value in data.attrs.items():
                size = np.asarray(value).nbytes if not isinstance(value, (str, bytes)) else len(value)
                expect(size < 60_000, f"h5py: attribute {attribute} of {name} is too long")
            expect(text(data.attrs.get("long_name", "")) != "", f"h5py: {name} has no long_name")
            if kind is None and "flag_values" not in data.attrs:
                expect(text(data.attrs.get("units", "")) != "", f"h5py: {name} has no units")
            if "flag_values" in data.attrs:
                n_meanings = len(text(data.attrs["flag_meanings"]).split())
                expect(n_meanings == len(data.attrs["flag_values"]), f"h5py: {name} has flags without meaning")
            group, _, short = ("/" + name).rpartition("/")
            own = [name] if h5py.h5ds.is_scale(data.id) else [axis[0].name.lstrip("/") for axis in data.dims]
            groups[group or "/"][short] = own
            if data.size <= MOST_COMPARED:
                data[()]  # every chunk passes its filters
        expect(len(axes) > 0, "h5py: no axes")
    return groups, axes


def look_with_xarray(path, engine, groups, axes):
    """Returns {group: dataset}, loaded as far as small, after checking names, axes, dates, labels."""
    seen = {}
    raw_root = xr.open_dataset(path, engine=engine, decode_cf=False)
    for group, variables in groups.items():
        where = f"xarray/{engine}, group {group}"
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            data = xr.open_dataset(path, engine=engine, group=None if group == "/" else group)
        raw = xr.open_dataset(path, engine=engine, group=None if group == "/" else group, decode_cf=False)
        expect(set(data.variables) == set(variables), f"{where}: sees {sorted(map(str, data.variables))}, not {sorted(variables)}")
        expect(all(isinstance(name, str) and name not in ("", "nan") for name in data.variables), f"{where}: a name is no name")
        for name, own in variables.items():
            value = data[name]
            what = f"{where}: {name}"
            expect(list(value.dims) == own, f"{what} runs along {value.dims}, not {own}")
            expect([value.sizes[axis] for axis in own] == [axes[axis] for axis in own], f"{what} has shape {value.shape}")
            check_description(what, raw[name])
            check_labels(what, raw[name], data, raw_root)
            if raw[name].size <= MOST_COMPARED:
                check_values(what, raw[name], value)
        seen[group] = data
    return seen


def check_description(what, raw):
    for key, value in raw.attrs.items():
        if isinstance(value, (bytes, np.bytes_)):
            raise AssertionError(f"{what}: attribute {key} is bytes, not text")
    expect(isinstance(raw.attrs.get("long_name"), str), f"{what} has no long_name")
    if raw.dtype.kind == "f" and "_FillValue" in raw.attrs:
        expect(np.isnan(raw.attrs["_FillValue"]), f"{what}: missing values are not NaN")


def check_labels(what, raw, data, raw_root):
    labels = raw.attrs.get("coordinates", "").split()
    for label in labels:
        expect(label in data.variables or label in raw_root.variables, f"{what}: its coordinate {label} is missing")
        if label in data.variables:
            expect(label in data.coords, f"{what}: {label} is no coordinate to xarray")
            expect(set(data[label].dims) <= set(raw.dims), f"{what}: {label} runs along other axes")
    bounds = raw.attrs.get("bounds")
    if bounds is not None:
        expect(bounds in data.variables, f"{what}: its bounds {bounds} are missing")
        expect(data[bounds].dims[:-1] == raw.dims and data[bounds].shape[-1] == 2, f"{what}: {bounds} are no bounds")


def check_values(what, raw, value):
    units = raw.attrs.get("units", "")
    expect(" since " in units or "calendar" not in raw.attrs, f"{what}: units '{units}' of a time do not name its origin")
    if " since " in units:
        dates = value.values
        decoded = dates.dtype.kind == "M" or (dates.dtype == object and (dates.size == 0 or hasattr(dates.flat[0], "calendar")))
        expect(decoded, f"{what}: dates in '{units}' are not decoded")
        expect(not np.any(value.isnull().values), f"{what}: a date is missing")
        expect("calendar" in raw.attrs, f"{what}: no calendar")
        if raw.dims == (raw.name,):
            expect(bool(np.all(dates[1:] > dates[:-1])), f"{what}: time does not run forward")
    else:
        expect(value.dtype.kind not in "mM", f"{what}: units '{units}' were taken for a time")
    if raw.dtype.kind not in "if":
        found = value.values.ravel()
        expect(all(isinstance(entry, str) for entry in found), f"{what}: an entry is not text")
        expect(not any(entry.lower() == "nan" for entry in found), f"{what}: an entry is called NaN")


def compare(first, second):
    for group, a in first.items():
        b = second[group]
        expect(set(a.coords) == set(b.coords), f"group {group}: the two engines of xarray differ in coordinates")
        for name in a.variables:
            expect(a[name].dtype == b[name].dtype, f"group {group}: {name} is {a[name].dtype} or {b[name].dtype}, by engine")
            if a[name].size <= MOST_COMPARED:
                expect(a[name].variable.equals(b[name].variable), f"group {group}: the two engines of xarray differ in {name}")


def run(*command):
    expect(shutil.which(command[0]) is not None, f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"{command[0]}: exit {done.returncode}: {done.stderr.strip()}")
    expect(done.stderr.strip() == "", f"{command[0]}: {done.stderr.strip()}")
    return done.stdout


def look_with_tools(path, groups, axes):
    header = run("ncdump", "-h", path)
    for axis, size in axes.items():
        fits = f"\t{axis} = {size} ;" in header or f"\t{axis} = UNLIMITED ; // ({size} currently)" in header
        expect(fits, f"ncdump: axis {axis} of {size} is not shown so")
    for group, variables in groups.items():
        if group != "/":
            expect(f"group: {group.rpartition('/')[2]} {{" in header, f"ncdump: group {group} is not shown")
        for name, own in variables.items():
            shown = f" {name}({', '.join(own)}) ;" if own else f" {name} ;"
            expect(shown in header, f"ncdump: no variable {shown.strip(' ;')}")
    expect("NaNf" not in header.replace("_FillValue = NaNf", ""), "ncdump: a NaN in the header")
    run("ncdump", "-s", "-h", path)
    dump = run("h5dump", "-H", path)
    for variables in groups.values():
        for name in variables:
            expect(f'DATASET "{name}"' in dump, f"h5dump: {name} is not shown")


def main():
    if len(sys.argv) != 2:
        print("usage: result_readers.py FILE", file=sys.stderr)
        return 64
    path = sys.argv[1]
    try:
        groups, axes = look_with_h5py(path)
        look_with_tools(path, groups, axes)  # before netCDF in this process: a tool that crashes takes only itself down
        with_h5netcdf = look_with_xarray(path, "h5netcdf", groups, axes)
        with_netcdf4 = look_with_xarray(path, "netcdf4", groups, axes)
        compare(with_h5netcdf, with_netcdf4)
    except Exception as failure:  # whatever a reader stumbles on is a finding
        print(f"{path}: {failure}" if isinstance(failure, AssertionError) else f"{path}: {failure!r}", file=sys.stderr)
        return 1
    n_variables = sum(len(variables) for variables in groups.values())
    print(f"{path}: {n_variables} variables on {len(axes)} axes, read alike by h5py, xarray (h5netcdf, netCDF4), ncdump, h5dump")
    return 0


if __name__ == "__main__":
    sys.exit(main())
