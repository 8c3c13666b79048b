#!/usr/bin/python3
"""RTSP cameras for tests and benchmarks: GStreamer's gst-rtsp-server sends clips as they are, for ever.

Reads its set-up as one line of JSON from standard input, prints one line of JSON with the ports, serves until killed.
A clip is split into access units once; each loop sends the same buffers with later time stamps, so that a camera costs
only its packets.
"""

import json
import os
import subprocess
import sys
import tempfile

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

# What a codec needs: caps name → parser, caps of whole access units, payloader.
CODECS = {
    "video/x-h264": ("h264parse", "video/x-h264,stream-format=byte-stream,alignment=au", "rtph264pay"),
    "video/x-h265": ("h265parse", "video/x-h265,stream-format=byte-stream,alignment=au", "rtph265pay"),
    "video/mpeg": ("mpeg4videoparse", "video/mpeg,mpegversion=4,systemstream=false", "rtpmp4vpay"),
    "image/jpeg": ("jpegparse", "image/jpeg", "rtpjpegpay"),
}
PARTS = Gst.BufferCopyFlags.FLAGS | Gst.BufferCopyFlags.MEMORY


def fail(message):
    sys.exit(f"camera farm: {message}")


class Clip:
    """The access units of a file, with their times from its start."""

    def __init__(self, path):
        name = self._codec(path)
        if name not in CODECS:
            fail(f"{path}: no RTP payload for {name}")
        parser, caps, self.payloader = CODECS[name]
        self.units = []
        self.caps = caps
        framerate = None
        pipeline, sink = self._open(path, f"{parser} ! {caps} !")
        while True:
            sample = sink.emit("pull-sample")
            if sample is None:
                break
            found, numerator, denominator = sample.get_caps().get_structure(0).get_fraction("framerate")
            if found and numerator > 0:
                framerate = (numerator, denominator)
            self.units.append(sample.get_buffer())
            self.sample_caps = sample.get_caps()
        pipeline.set_state(Gst.State.NULL)
        if not self.units or framerate is None:
            fail(f"{path}: no pictures or no frame rate")
        if name in ("image/jpeg", "video/mpeg"):
            self.caps = self.sample_caps.to_string()

        def time(pictures):
            return pictures * Gst.SECOND * framerate[1] // framerate[0]

        # Containers know presentation times; elementary streams (which here hold no B pictures) have only an order.
        timed = path.endswith(".mp4") and all(unit.pts != Gst.CLOCK_TIME_NONE for unit in self.units)
        first = min(unit.pts for unit in self.units) if timed else 0
        order = range(len(self.units))
        self.presentation = [self.units[i].pts - first if timed else time(i) for i in order]
        latest = max((time(i) - self.presentation[i] for i in order), default=0)
        self.decoding = [time(i) - max(0, latest) for i in order]
        self.length = time(len(self.units))
        self.a_second = max(1, framerate[0] // framerate[1])

    @staticmethod
    def _open(path, middle):
        pipeline = Gst.parse_launch(f'filesrc location="{path}" ! parsebin ! {middle} appsink name=sink sync=false')
        pipeline.set_state(Gst.State.PLAYING)
        return pipeline, pipeline.get_by_name("sink")

    @classmethod
    def _codec(cls, path):
        pipeline, sink = cls._open(path, "")
        sample = sink.emit("pull-sample")
        if sample is None:
            fail(f"{path}: not a clip")
        pipeline.set_state(Gst.State.NULL)
        return sample.get_caps().get_structure(0).get_name()


class Player:
    """Hands one pipeline the access units of a clip, a second's worth each time it asks."""

    def __init__(self, clip):
        self.clip = clip
        self.next = 0
        # Decode times before the first presentation time must not be negative.
        self.offset = -clip.decoding[0]

    def need_data(self, source, _length):
        clip = self.clip
        for _ in range(clip.a_second):
            unit = clip.units[self.next].copy_region(PARTS, 0, clip.units[self.next].get_size())
            unit.pts = self.offset + clip.presentation[self.next]
            unit.dts = self.offset + clip.decoding[self.next]
            if source.emit("push-buffer", unit) != Gst.FlowReturn.OK:
                return
            self.next += 1
            if self.next == len(clip.units):
                self.next = 0
                self.offset += clip.length


class Factory(GstRtspServer.RTSPMediaFactory):
    """Makes the pipeline of a mount, or of several that share one."""

    def __init__(self, mount, clip):
        super().__init__()
        self.key = mount["pipeline"]
        self.clip = clip
        self.payloader = f"{clip.payloader} name=pay0 pt=96"
        if clip.payloader in ("rtph264pay", "rtph265pay"):
            self.payloader += f" config-interval={mount['parameterSetInterval']}"
        protocols = {"tcp": GstRtsp.RTSPLowerTrans.TCP, "udp": GstRtsp.RTSPLowerTrans.UDP}
        allowed = GstRtsp.RTSPLowerTrans(0)
        for transport in mount["transports"]:
            allowed |= protocols[transport]
        self.set_protocols(allowed)
        self.set_shared(mount["shared"])

    def do_gen_key(self, _url):
        return self.key

    def do_create_element(self, _url):
        launch = f'( appsrc name=source format=time max-bytes=0 caps="{self.clip.caps}" ! {self.payloader} )'
        element = Gst.parse_launch(launch)
        element.get_by_name("source").connect("need-data", Player(self.clip).need_data)
        return element


def permissions(role):
    structure = Gst.Structure.new_empty(role)
    structure.set_value("media.factory.access", True)
    structure.set_value("media.factory.construct", True)
    return structure


def certificate():
    """A certificate that signs itself, as cameras have one."""
    with tempfile.TemporaryDirectory() as folder:
        key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650",
             "-subj", "/CN=camera.local", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key, "-out", cert],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return Gio.TlsCertificate.new_from_files(cert, key)


def serve(mounts, clips, port):
    """One server on a port of 127.0.0.1 (0 = any that is free). Its mounts are of one kind: see `kind`."""
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(port))
    server.set_backlog(1024)
    server.get_session_pool().set_max_sessions(0)
    scheme, secure = mounts[0]["scheme"], mounts[0]["secure"]
    auth = GstRtspServer.RTSPAuth()
    factories = {}
    for mount in mounts:
        # A factory that stands at several paths makes one pipeline for all of them.
        name = mount["pipeline"]
        factory = factories.get(name) or factories.setdefault(name, Factory(mount, clips[mount["file"]]))
        token = GstRtspServer.RTSPToken.new()
        token.set_string("media.factory.role", mount["user"])
        factory.add_role_from_structure(permissions(mount["user"]))
        if scheme == "open":
            auth.set_default_token(token)
        elif scheme == "digest":
            auth.add_digest(mount["user"], mount["password"], token)
        else:
            auth.add_basic(GstRtspServer.RTSPAuth.make_basic(mount["user"], mount["password"]), token)
        server.get_mount_points().add_factory(mount["path"], factory)
    if scheme != "open":
        method = GstRtsp.RTSPAuthMethod
        auth.set_supported_methods(method.DIGEST if scheme == "digest" else method.BASIC)
    if secure:
        auth.set_tls_certificate(certificate())
    server.set_auth(auth)
    if server.attach(None) == 0:
        fail(f"port {port} is taken")
    return server


def kind(mount):
    """A server offers one way of signing in, with TLS or without: each kind of mount has a server and a port."""
    return mount["scheme"] + ("-tls" if mount["secure"] else "")


def main():
    setup = json.loads(sys.stdin.readline())
    Gst.init(None)
    mounts = setup["mounts"]
    clips = {path: Clip(path) for path in {mount["file"] for mount in mounts}}
    servers = {}
    for name in {kind(mount) for mount in mounts}:
        chosen = [mount for mount in mounts if kind(mount) == name]
        servers[name] = serve(chosen, clips, setup["ports"].get(name, 0))
    print(json.dumps({"ports": {name: server.get_bound_port() for name, server in servers.items()}}), flush=True)
    # Sessions that a client left without TEARDOWN time out only when somebody looks.
    GLib.timeout_add_seconds(2, lambda: [server.get_session_pool().cleanup() for server in servers.values()] or True)
    GLib.MainLoop().run()


main()
