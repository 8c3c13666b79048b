/// Which of a camera's two pictures. (主码流、辅码流)
public enum StreamKind: String, Sendable, CaseIterable {
    case main
    case sub
}
