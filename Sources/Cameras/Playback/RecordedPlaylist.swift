public import Domain

extension Playback {
    /// HLS playlist of a span that is over (RFC 8216 §4.3.3.5, VOD): byte ranges of the recorded files as they are.
    ///
    /// - Parameters:
    ///   - files: those that hold the segments.
    ///   - segments: in order of time.
    ///   - uri: a file's address, relative to the playlist or absolute.
    public func playlist(
        files: [RecordedFile], segments: [RecordedSegment], uri: (RecordedFile) -> String
    ) -> String {
        let byPath = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let longest = segments.map { $0.duration.inSeconds }.max() ?? 1
        var text = ""
        text.reserveCapacity(512 + segments.count * 64)
        text += "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        text += "#EXT-X-TARGETDURATION:\(Int(longest.rounded(.up)))\n"
        var current: RecordedFile?
        var address = ""
        for segment in segments {
            guard let file = byPath[segment.path] else { continue }
            if file.path != current?.path {
                // Each file's own time begins at zero.
                if current != nil { text += "#EXT-X-DISCONTINUITY\n" }
                current = file
                address = uri(file)
                text += "#EXT-X-MAP:URI=\"\(address)\",BYTERANGE=\"\(file.initBytes)@0\"\n"
                text += "#EXT-X-PROGRAM-DATE-TIME:\(TerritoryZone.shanghai.iso8601(segment.start))\n"
            }
            text += "#EXTINF:\(decimal(segment.duration.inSeconds)),\n"
            text += "#EXT-X-BYTERANGE:\(segment.length)@\(segment.offset)\n\(address)\n"
        }
        return text + "#EXT-X-ENDLIST\n"
    }
}
