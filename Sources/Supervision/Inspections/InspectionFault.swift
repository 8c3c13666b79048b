public import Domain

/// Why inspections and draws say no.
public enum InspectionFault: Error, Hashable, Sendable {
    case refused(SpotInspectionRefusal)
    case template(InspectionTemplate.Fault)
    case drawPlan(DrawPlan.Fault)
    case witness
    /// The draw was made already.
    case made
    /// The secret can't be read or is not the one that was committed to: the draw can't be made.
    case secret
    /// There is no school to be inspected.
    case noSchools
}
