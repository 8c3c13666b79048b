/// What was wrong with coded video.
public enum BitstreamError: Error, Hashable, Sendable {
    case missingParameterSet(String)
    /// The bits ended inside the named syntax structure.
    case truncated(String)
    /// A value that the standard forbids or that no camera has; the text names it.
    case invalid(String)
}
