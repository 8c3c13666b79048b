/// What was wrong with a file.
public enum ISOBMFFError: Error, Hashable, Sendable {
    /// It ends inside the named box.
    case truncated(String)
    /// A value that the format forbids, or that we never write; the text names it.
    case invalid(String)
    /// No `moov` with an H.264 or H.265 track.
    case noVideoTrack
}
