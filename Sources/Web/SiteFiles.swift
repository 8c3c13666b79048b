/// What the site brings along, read and checked once for the process, however many sites there are.
struct SiteFiles: Sendable {
    let catalogues: Catalogues
    let assets: Assets
    let document: APIDocument
    let templates: Templates

    static let bundled = Result { try SiteFiles(Resources.bundled()) }

    /// - Throws: when a file is missing or broken.
    private init(_ resources: Resources) throws {
        catalogues = try Catalogues(resources)
        assets = Assets(resources)
        document = try APIDocument(resources)
        templates = try Templates(resources, names: SitePages.templates, catalogues: catalogues, assets: assets)
    }
}
