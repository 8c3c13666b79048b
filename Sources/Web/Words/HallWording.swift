import Domain
import Supervision

extension Words {
    func callAsFunction(_ kind: HallPanel.Kind) -> String { self("hall.panel.\(kind.rawValue)") }

    /// Everything that is wrong, a line each.
    func callAsFunction(_ fault: HallFault, panels: [HallPanel.Kind]) -> [String] {
        switch fault {
        case .scene(let flaws): flaws.map { self($0, panels) }
        case .plan(let flaws): flaws.map { self($0) }
        case .tooManyScenes: [self("hall.fault.tooManyScenes")]
        case .inUse: [self("hall.fault.inUse")]
        }
    }

    private func callAsFunction(_ flaw: HallScene.Flaw, _ panels: [HallPanel.Kind]) -> String {
        func name(_ index: Int) -> String {
            let kind = panels.indices.contains(index) ? self(panels[index]) : ""
            return self("hall.fault.panel", ["number": "\(index + 1)", "name": kind])
        }
        func least(_ index: Int) -> (String, String) {
            let least = panels.indices.contains(index) ? panels[index].least : (1, 1)
            return ("\(least.0)", "\(least.1)")
        }
        return switch flaw {
        case .noPanels: self("hall.fault.noPanels")
        case .tooManyPanels: self("hall.fault.tooManyPanels", ["count": "\(HallScene.mostPanels)"])
        case .offGrid(let index): self("hall.fault.offGrid", ["panel": name(index)])
        case .tooSmall(let index):
            self("hall.fault.tooSmall", ["panel": name(index), "width": least(index).0, "height": least(index).1])
        case .overlapping(let a, let b): self("hall.fault.overlapping", ["panel": name(a), "other": name(b)])
        case .twice(let kind): self("hall.fault.twice", ["panel": self(kind)])
        case .notForVisitors(let index): self("hall.fault.notForVisitors", ["panel": name(index)])
        case .badCameras(let index): self("hall.fault.badCameras", ["panel": name(index)])
        case .badNotice(let index):
            self("hall.fault.badNotice", ["panel": name(index), "count": "\(HallPanel.longestNotice)"])
        }
    }

    private func callAsFunction(_ flaw: HallPlan.Flaw) -> String {
        switch flaw {
        case .tooManyTurns: self("hall.fault.tooManyTurns", ["count": "\(HallPlan.mostTurns)"])
        case .badTurn(let index): self("hall.fault.badTurn", ["number": "\(index + 1)"])
        case .unknownScene(let index): self("hall.fault.unknownScene", ["number": "\(index + 1)"])
        case .unknownStandard: self("hall.fault.unknownStandard")
        case .notForVisitors: self("hall.fault.visitorsScene")
        }
    }

    func callAsFunction(_ fault: GeoJSON.Fault) -> String {
        switch fault {
        case .tooLarge(let most): self("hall.file.tooLarge", ["megabytes": "\(most / 1_000_000)"])
        case .unreadable: self("hall.file.unreadable")
        case .noPolygon: self("hall.file.noPolygon")
        case .noNamedPoint: self("hall.file.noNamedPoint")
        case .notDegrees: self("hall.file.notDegrees")
        }
    }

    func callAsFunction(_ fault: PositionList.Fault) -> String {
        switch fault {
        case .noHeadings: self("hall.file.noHeadings")
        case .noLines: self("hall.file.noLines")
        case .badLine(let number): self("hall.file.badLine", ["number": "\(number)"])
        }
    }
}
