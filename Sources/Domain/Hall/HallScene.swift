/// A named layout of the hall's screen. (大厅场景)
public struct HallScene: Hashable, Sendable, Codable {
    public enum Audience: String, Sendable, Hashable, CaseIterable, Codable {
        /// People of the authorities.
        case staff
        /// Whoever comes in: nothing but what the public may see.
        case visitors
    }

    public enum Flaw: Hashable, Sendable {
        case noPanels
        case tooManyPanels
        /// By the panel's place in the list.
        case offGrid(Int)
        case tooSmall(Int)
        case overlapping(Int, Int)
        case twice(HallPanel.Kind)
        case notForVisitors(Int)
        /// Rows, columns or seconds of a grid of kitchens.
        case badCameras(Int)
        /// Nothing, or more than ``HallPanel/longestNotice`` characters.
        case badNotice(Int)
    }

    public let id: HallSceneID
    /// Empty = one that the product brings along, by its own name.
    public var name: String
    public var audience: Audience
    public var panels: [HallPanel]

    public static let mostPanels = 12

    public init(id: HallSceneID, name: String, audience: Audience = .staff, panels: [HallPanel]) {
        self.id = id
        self.name = name
        self.audience = audience
        self.panels = panels
    }

    /// Everything that keeps it from being shown; empty = it is fine.
    public var flaws: [Flaw] {
        guard !panels.isEmpty else { return [.noPanels] }
        guard panels.count <= Self.mostPanels else { return [.tooManyPanels] }
        var flaws: [Flaw] = []
        for (index, panel) in panels.enumerated() {
            flaws += self.flaws(of: panel, at: index)
            for other in panels.indices.dropFirst(index + 1) where panels[other].frame.overlaps(panel.frame) {
                flaws.append(.overlapping(index, other))
            }
        }
        for kind in HallPanel.Kind.allCases where kind.isOnlyOnce && panels.count(where: { $0.kind == kind }) > 1 {
            flaws.append(.twice(kind))
        }
        return flaws
    }

    private func flaws(of panel: HallPanel, at index: Int) -> [Flaw] {
        var flaws: [Flaw] = []
        let least = panel.kind.least
        if !panel.frame.isOnGrid {
            flaws.append(.offGrid(index))
        } else if panel.frame.width < least.width || panel.frame.height < least.height {
            flaws.append(.tooSmall(index))
        }
        if audience == .visitors, !panel.kind.isForVisitors { flaws.append(.notForVisitors(index)) }
        switch panel.content {
        case .cameras(let cameras): if !cameras.isValid { flaws.append(.badCameras(index)) }
        case .notice(let text):
            if text.isEmpty || text.count > HallPanel.longestNotice { flaws.append(.badNotice(index)) }
        case .captures, .map, .figures, .warnings, .record, .clock: break
        }
        return flaws
    }
}

public typealias HallSceneID = Identifier<HallScene>
