import Bitstream
import Domain
import TestSupport
import Testing

@testable import RTSP

struct SDPTests {
    private func choice(_ text: String) throws -> VideoChoice {
        try VideoChoice(from: #require(SessionDescription(Array(text.utf8))))
    }

    /// As a Hikvision DS-2CD camera writes it.
    private let hikvision = """
        v=0\r\no=- 1426 1 IN IP4 192.168.1.64\r\ns=Media Presentation\r\ne=NONE\r\nb=AS:5050\r\nt=0 0\r
        a=control:rtsp://192.168.1.64/Streaming/Channels/101/\r
        m=video 0 RTP/AVP 96\r\nc=IN IP4 0.0.0.0\r\nb=AS:5000\r\na=recvonly\r\na=x-dimensions:320,240\r
        a=control:rtsp://192.168.1.64/Streaming/Channels/101/trackID=1\r\na=rtpmap:96 H264/90000\r
        a=fmtp:96 profile-level-id=420029; packetization-mode=1; sprop-parameter-sets=Z2QADKy0Cg/YCIAAAAMAgAAADweKFVA=,aO8Pyw==\r
        a=Media_header:MEDIAINFO=494D4B48010100000400010000000000000000000000000000000000000000000000000000000000;\r
        a=appversion:1.0\r\nm=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n
        """

    @Test func `a camera's description is read`() throws {
        let description = try #require(SessionDescription(Array(hikvision.utf8)))
        #expect(description.control == "rtsp://192.168.1.64/Streaming/Channels/101/")
        #expect(description.media.map(\.kind) == ["video", "audio"])
        let choice = try VideoChoice(from: description)
        #expect(choice.codec == .h264 && choice.payloadType == 96 && choice.clockRate == 90_000)
        #expect(choice.control == "rtsp://192.168.1.64/Streaming/Channels/101/trackID=1")
        #expect(choice.parameterSets == [TestStream.h264SPS, TestStream.h264PPS])
    }

    @Test func `H.265 parameter sets come in three attributes`() throws {
        let sets = TestStream.parameterSets(.h265).map(Base64.encode)
        let text = """
            v=0
            m=video 0 RTP/AVP 35 98
            a=rtpmap:98 h265/90000
            a=fmtp:98 sprop-sps=\(sets[1]) ; sprop-pps="\(sets[2])";profile-id=1; sprop-vps=\(sets[0]);
            """
        let choice = try choice(text)
        #expect(choice.codec == .h265 && choice.payloadType == 98)
        #expect(Set(choice.parameterSets) == Set(TestStream.parameterSets(.h265)))
    }

    @Test(arguments: [
        // Start codes before the sets, padding missing, blanks.
        "a=rtpmap:96 H264/90000\na=fmtp:96 sprop-parameter-sets= AAAAAWdkAAystAoP2AiAAAADAIAAAA8HihVQ , AAAAAWjvD8s",
        // Both in one, as Annex B.
        "a=rtpmap:96 H264/90000\na=fmtp:96 sprop-parameter-sets=AAAAAWdkAAystAoP2AiAAAADAIAAAA8HihVQAAAAAWjvD8s=",
        // Another payload type in the only fmtp line.
        "a=rtpmap:96 H264/90000\na=fmtp:97 sprop-parameter-sets=Z2QADKy0Cg/YCIAAAAMAgAAADweKFVA=,aO8Pyw==",
        // No rtpmap at all.
        "a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z2QADKy0Cg/YCIAAAAMAgAAADweKFVA=,aO8Pyw==",
    ])
    func `odd format lines still give the sets`(_ lines: String) throws {
        let choice = try choice("v=0\nm=video 0 RTP/AVP 96\n" + lines)
        #expect(choice.codec == .h264)
        #expect(choice.parameterSets == [TestStream.h264SPS, TestStream.h264PPS])
    }

    @Test func `the first usable video is taken`() throws {
        let choice = try choice(
            """
            v=0
            m=audio 0 RTP/AVP 0
            m=video 0 RTP/AVP 26
            a=control:track1
            m=video 0 RTP/AVP 97 96
            a=control:track2
            a=rtpmap:97 H263-1998/90000
            a=rtpmap:96 H264/90000
            m=video 0 RTP/AVP 98
            a=rtpmap:98 H265/90000
            """)
        #expect(choice.payloadType == 96 && choice.control == "track2")
    }

    @Test(arguments: [
        ("m=audio 0 RTP/AVP 0", SourceFailure.Kind.notVideo, "audio"),
        ("s=x", .notVideo, ""),
        ("m=video 0 RTP/AVP 97\na=rtpmap:97 H263-1998/90000", .unsupportedCodec, "H263-1998"),
        ("m=video 0 RTP/AVP 26", .unsupportedCodec, "JPEG"),
        ("m=video 0 RTP/AVP 96\na=rtpmap:96 MP4V-ES/90000\nm=audio 0 RTP/AVP 0", .unsupportedCodec, "MP4V-ES"),
        (
            "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=2", .unsupportedCodec,
            "H264 in interleaved mode"
        ),
    ])
    func `what we can't carry is named`(_ lines: String, _ kind: SourceFailure.Kind, _ detail: String) {
        #expect(throws: SourceFailure(kind, detail: detail)) { try choice("v=0\n" + lines) }
    }

    @Test(
        arguments: [
            (nil, "rtsp://h/a", "rtsp://h/a"),
            ("*", "rtsp://h/a/", "rtsp://h/a/"),
            ("trackID=1", "rtsp://h/a", "rtsp://h/a/trackID=1"),
            ("trackID=1", "rtsp://h/a/", "rtsp://h/a/trackID=1"),
            ("/trackID=1", "rtsp://h/a/", "rtsp://h/a/trackID=1"),
            ("trackID=1", "rtsp://h/a?channel=1&subtype=0", "rtsp://h/a?channel=1&subtype=0/trackID=1"),
            ("RTSP://other/x", "rtsp://h/a", "RTSP://other/x"),
        ] as [(String?, String, String)])
    func `control addresses are resolved as cameras mean them`(_ control: String?, _ base: String, _ expected: String) {
        #expect(ControlAddress.resolve(control, base: base) == expected)
    }

    @Test func `no description breaks the reader`() {
        let bytes = Array(hikvision.utf8)
        for cut in truncations(of: bytes) { if let it = SessionDescription(cut) { _ = try? VideoChoice(from: it) } }
        for broken in Mutations(of: bytes, count: 3000) {
            if let it = SessionDescription(broken) { _ = try? VideoChoice(from: it) }
        }
        #expect(SessionDescription(Array("<html>".utf8)) == nil)
    }

    @Test func `Base64 comes back`() {
        var random = SeededGenerator(seed: 1)
        for count in 0..<100 {
            let bytes = random.bytes(count)
            #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
        }
        #expect(Base64.encode(Array("Aladdin:open sesame".utf8)) == "QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        #expect(Base64.decode("a*b".utf8) == nil)
    }
}
