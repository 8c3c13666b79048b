/// What a page shows, as a plain value: a controller loads it, the template of that name turns it into HTML.
///
/// Templates read the properties by their names as `{{page.…}}`.
protocol Page: Sendable {
    static var template: String { get }
}
