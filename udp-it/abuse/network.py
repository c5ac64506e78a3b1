"""Sockets, forged packets, a sniffer and a firewall."""
import contextlib, ipaddress, socket, struct, time

from processes import run

SO_RCVBUFFORCE = 33
SO_TIMESTAMPNS = 35


def ask(address, message, tries=1, wait=5, source="127.0.0.1"):
    with udp(source) as client:
        client.settimeout(wait)
        for _ in range(tries):
            client.sendto(message, address)
            with contextlib.suppress(TimeoutError):
                return client.recv(65_536)


def udp(host="127.0.0.1", port=0, family=socket.AF_INET, room=None):
    opened = socket.socket(family, socket.SOCK_DGRAM)
    if room:
        opened.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, room)
    opened.bind((host, port))
    return opened


def arrival(opened):
    """Returns the sender of the next datagram, and when the kernel received it, perhaps long before this process."""
    _, ancillary, _, sender = opened.recvmsg(10, socket.CMSG_SPACE(16))
    seconds, nanos = struct.unpack("@ll", ancillary[0][2])
    return sender, time.monotonic() - (time.time() - seconds - nanos / 1e9)


def udp_header(source_port, target_port, size, length=None, checksum=0):
    return struct.pack("!4H", source_port, target_port, 8 + size if length is None else length, checksum)


def ip_header(source, target, size):
    """Returns a header without a checksum, which the kernel adds."""
    source, target = ipaddress.ip_address(source), ipaddress.ip_address(target)
    if source.version == 6:
        return struct.pack("!IHBB", 6 << 28, size, socket.IPPROTO_UDP, 64) + source.packed + target.packed
    return struct.pack("!BBHHHBBH", 0x45, 0, 20 + size, 0, 0, 64, socket.IPPROTO_UDP, 0) + source.packed + target.packed


class Forger:
    """Sends datagrams with any source."""

    def __init__(self):
        self.raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)

    def send(self, source, target, payload=b"forged", length=None, checksum=0):
        datagram = udp_header(source[1], target[1], len(payload), length, checksum) + payload
        self.raw.sendto(ip_header(source[0], target[0], len(datagram)) + datagram, (target[0], 0))


def send_unreachable(kind, code, sender, target):
    """Sends what a router or host reports to the sender of a datagram; kind is 3 in ICMP, 1 in ICMPv6."""
    quoted = ip_header(sender[0], target[0], 8) + udp_header(sender[1], target[1], 0)
    message = struct.pack("!BBHI", kind, code, 0, 0) + quoted
    if kind == 3:
        words = struct.unpack(f"!{len(message) // 2}H", message)
        total = sum(words)
        total = (total & 0xffff) + (total >> 16)
        message = struct.pack("!BBHI", kind, code, ~((total & 0xffff) + (total >> 16)) & 0xffff, 0) + quoted
        family, protocol = socket.AF_INET, socket.IPPROTO_ICMP
    else:
        family, protocol = socket.AF_INET6, socket.IPPROTO_ICMPV6  # the kernel adds the checksum
    with socket.socket(family, socket.SOCK_RAW, protocol) as raw:
        raw.sendto(message, (sender[0], 0))


class Sniffer:
    """Sees each IPv4 packet on the loopback interface once."""

    def __init__(self):
        protocol = 0x0800
        self.packets = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(protocol))
        self.packets.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20)
        self.packets.bind(("lo", protocol))
        self.packets.setblocking(False)

    def datagrams(self):
        """Returns the source and target of each datagram since the last call."""
        seen = []
        with contextlib.suppress(BlockingIOError):
            while True:
                packet = self.packets.recv(65_535)
                if packet[9] == socket.IPPROTO_UDP:
                    ports = struct.unpack_from("!2H", packet, (packet[0] & 15) * 4)
                    seen.append(((socket.inet_ntoa(packet[12:16]), ports[0]),
                                 (socket.inet_ntoa(packet[16:20]), ports[1])))
        return seen


def firewall(hook, *rules):
    run("nft", f"add table inet abuse; add chain inet abuse {hook} {{ type filter hook {hook} priority 0; }}")
    for rule in rules:
        run("nft", f"add rule inet abuse {hook} {rule}")
