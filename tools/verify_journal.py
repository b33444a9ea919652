#!/usr/bin/env python3
"""Checks an exported joint record against its checkpoints; shares no code with the product.

    verify_journal.py journal.txt checkpoints.json [--key KEY] [--note FILE]... [--witness KEY]...

journal.txt holds the entries one after the other exactly as they were hashed;
checkpoints.json the signed checkpoints and the proof of growth from each to the next. --key
is the verifier key that you trust (else the one in the export is believed), --note a
checkpoint that you kept yourself, --witness the key of a witness that you trust (else those
in the export). Python 3 alone is enough.
"""
import argparse, base64, hashlib, json, re, sys
from datetime import datetime

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

# --- Ed25519 (RFC 8032), verification only --------------------------------------------
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    m, n = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(s, p):
    r = (0, 1, 1, 0)
    while s:
        if s & 1:
            r = add(r, p)
        p, s = add(p, p), s >> 1
    return r

def point(b):
    y = int.from_bytes(b, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P or (x == 0 and sign):
        raise ValueError("not a point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def ed25519(public, text, sig):
    s = int.from_bytes(sig[32:], "little")
    h = int.from_bytes(hashlib.sha512(sig[:32] + public + text).digest(), "little") % Q
    a, b = times(s, BASE), add(point(sig[:32]), times(h, point(public)))
    return s < Q and not ((a[0] * b[2] - b[0] * a[2]) % P or (a[1] * b[2] - b[1] * a[2]) % P)

# --- signed notes and checkpoints (C2SP) ----------------------------------------------
def read_key(text, kind=1):
    name, key_id, data = text.split("+", 2)
    data = base64.b64decode(data, validate=True)
    if data[0] != kind or len(data) != 33 or sha(name.encode(), b"\n", data)[:4].hex() != key_id:
        raise ValueError("not a verifier key")
    return name, bytes.fromhex(key_id), data[1:]

def read_note(note, key):
    """Origin, size and root of a checkpoint that key has signed."""
    body, signatures = note.rsplit("\n\n", 1)
    body += "\n"
    name, key_id, public = key
    good = False
    for line in signatures.splitlines():
        dash, who, data = line.split(" ")
        data = base64.b64decode(data, validate=True)
        if dash != "\u2014":
            raise ValueError("not a signature line")
        if who == name and data[:4] == key_id:
            if len(data) != 68 or not ed25519(public, body.encode(), data[4:]):
                raise ValueError("bad signature")
            good = True
    origin, size, root = re.fullmatch(r"(\S+)\n(0|[1-9]\d*)\n(\S+)\n", body).groups()
    root = base64.b64decode(root, validate=True)
    if not good or len(root) != 32:
        raise ValueError("not signed by the key")
    return origin, int(size), root

def cosigned(note, key):
    """Whether the witness with that key has signed the note; raises if its line is wrong."""
    body, signatures = note.rsplit("\n\n", 1)
    name, key_id, public = key
    for line in signatures.splitlines():
        _, who, data = line.split(" ")
        data = base64.b64decode(data, validate=True)
        if who == name and data[:4] == key_id:
            time = int.from_bytes(data[4:12], "big")
            if len(data) != 76 or not ed25519(
                    public, f"cosignature/v1\ntime {time}\n{body}\n".encode(), data[12:]):
                raise ValueError(f"bad cosignature of {name}")
            return True
    return False

# --- tree (RFC 6962) and growth (RFC 9162 2.1.4.2) --------------------------------------
def fold(peaks):
    """Root of a tree from its peaks [(size, hash)], the largest first."""
    h = peaks[-1][1] if peaks else sha()
    for _, left in reversed(peaks[:-1]):
        h = sha(b"\1", left, h)
    return h

def grew(first, root1, second, root2, proof):
    if first in (0, second):
        return not proof and root1 == (root2 if first == second else sha())
    if first & (first - 1) == 0:
        proof = [root1] + proof
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if not proof:
        return False
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = sha(b"\1", c, fr), sha(b"\1", c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha(b"\1", sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == root1 and sr == root2

# --- entries ------------------------------------------------------------------------------
LINES = [("seq", r"0|[1-9]\d*"), ("prev", "[0-9a-f]{64}"),
         ("time", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"), ("actor", "system|u:[!-~]+"),
         ("org", "[!-~]+"), ("session", "-|[0-9a-f]{16}"), ("action", "[!-~]+"),
         ("object", "[!-9;-~]+:[!-~]+"), ("rev", r"0|[1-9]\d*"), ("from", "-|[0-9a-f]{64}"),
         ("to", "-|[0-9a-f]{64}"), ("reason", "[!-~]+")]
ENTRY = re.compile("rodtrad-journal/v1\n" + "".join(
    f"{k} (?=[!-~]{{1,200}}\n)({v})\n" for k, v in LINES), re.ASCII)

def entries(text):
    """Leaf of each entry, in order; raises at the first that does not follow."""
    at, seq, leaf, time = 0, 0, bytes(32), ""
    while at < len(text):
        m = ENTRY.match(text, at)
        if not m:
            raise ValueError(f"entry {seq} cannot be read")
        if m[1] != str(seq) or m[2] != leaf.hex() or m[3] < time:
            raise ValueError(f"entry {seq} does not follow the one before")
        datetime.strptime(m[3], "%Y-%m-%dT%H:%M:%S.%fZ")
        leaf, time, at, seq = sha(b"\0", m[0].encode()), m[3], m.end(), seq + 1
        yield leaf

def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("entries")
    p.add_argument("checkpoints")
    p.add_argument("--key")
    p.add_argument("--note", action="append", default=[])
    p.add_argument("--witness", action="append")
    args = p.parse_args()
    with open(args.checkpoints, encoding="utf-8") as f:
        export = json.load(f)
    key = read_key(args.key or export["key"])
    witnesses = [read_key(w, 4) for w in args.witness or export.get("witnesses", [])]
    before, wanted, origins, seen = (0, sha()), {}, set(), {}
    for c in export["checkpoints"]:
        origin, size, root = read_note(c["note"], key)
        proof = [bytes.fromhex(h) for h in c["growth"]["proof"]]
        if (c["growth"]["from"], c["growth"]["to"]) != (before[0], size) or \
                not grew(*before, size, root, proof):
            raise ValueError(f"checkpoint {size} has not grown out of {before[0]}")
        before = (size, root)
        seen.update((w[0], size) for w in witnesses if cosigned(c["note"], w))
        wanted.setdefault(size, set()).add(root)
        origins.add(origin)
    for name in args.note:
        with open(name, encoding="utf-8") as f:
            origin, size, root = read_note(f.read(), key)
        wanted.setdefault(size, set()).add(root)
        origins.add(origin)
    if len(origins) > 1:
        raise ValueError("checkpoints of several records")
    with open(args.entries, encoding="ascii", newline="") as f:
        text = f.read()
    peaks, n = [], 0
    for leaf in entries(text):
        peaks, n = peaks + [(1, leaf)], n + 1
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (k, left), (_, right) = peaks[-2:]
            peaks[-2:] = [(2 * k, sha(b"\1", left, right))]
        if n in wanted and wanted.pop(n) != {fold(peaks)}:
            raise ValueError(f"the root of {n} entries is not what was signed")
    wanted.pop(0, None)
    if wanted:
        raise ValueError(f"{n} entries, but {max(wanted)} were signed")
    signed = len(export["checkpoints"])
    print(f"{n} entries, {signed} checkpoints of {', '.join(origins)}, root {fold(peaks).hex()}: "
          f"whole; {n - before[0]} entries after the last checkpoint")
    for name, _, _ in witnesses:
        print(f"witness {name}: cosigned {seen.get(name, 0)} entries")

if __name__ == "__main__":
    try:
        main()
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OSError) as e:
        sys.exit(f"NOT whole: {e}")
