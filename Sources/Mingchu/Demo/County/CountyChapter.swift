/// One part of the county's year. (演示篇章)
///
/// A chapter is asked once, before the year begins. What it sets up at once it does in ``begin``; everything else it puts
/// on the stage's agenda, where each thing that happens may put down what follows from it. To add a chapter, write one in a
/// file of its own and name it in ``all``.
struct CountyChapter: Sendable {
    let begin: @Sendable (CountyStage) async throws -> Void

    /// In the order in which they begin: later ones find what earlier ones have set up.
    static let all: [CountyChapter] = [
        .grid, .people, .calendar, .hall, .publication, .analysis, .captures, .patrols, .samples, .visits,
        .escalations, .inspections, .activities, .papers, .duties, .concerns, .parents, .registers, .warnings,
        .reports, .checkpoints,
    ]
}
