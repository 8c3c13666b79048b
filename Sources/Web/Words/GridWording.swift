import Documents
import Domain
import Supervision

extension Words {
    func callAsFunction(_ column: GridList.Column) -> String { self("gridColumn.\(column.rawValue)") }

    func callAsFunction(_ unusable: GridList.Unusable) -> String {
        switch unusable {
        case .noHeadings: self("import.noHeadings")
        case .headingTwice(let column): self("import.headingTwice", ["column": self(column)])
        case .noLines: self("import.noLines")
        case .tooManyLines(let limit): self("import.tooManyLines", ["limit": "\(limit)"])
        }
    }

    /// What is wrong in a cell and what to do.
    func callAsFunction(_ fault: GridList.Fault) -> String {
        switch fault.flaw {
        case .missing: self("import.flaw.missing", ["column": self(fault.column)])
        case .unknownKind(let text):
            self("import.flaw.kind", ["text": String(text.prefix(40)), "known": known(fault.column)])
        case .badAddress(let error): self(error)
        case .noUser: self("import.flaw.noUser")
        case .badName: self("import.flaw.name")
        case .otherTownship(let name):
            name.isEmpty ? self("import.flaw.noTownship") : self("import.flaw.township", ["name": name])
        case .otherAddress(let address): self("import.flaw.address", ["address": address])
        case .twice(let row): self("import.flaw.twice", ["row": "\(row)"])
        }
    }

    /// The kinds that may stand in a column.
    private func known(_ column: GridList.Column) -> String {
        let keys =
            column == .areaKind
            ? Area.Kind.allCases.map { "area.\($0.rawValue)" }
            : School.Kind.allCases.map { "schoolKind.\($0.rawValue)" }
        return keys.map { self($0) }.joined(separator: "、")
    }

    func callAsFunction(_ error: SheetError) -> String {
        switch error {
        case .empty: self("sheet.empty")
        case .fileTooLarge(let limit): self("sheet.fileTooLarge", ["limit": "\(limit / 1_000_000)"])
        case .unpackedTooLarge: self("sheet.unpackedTooLarge")
        case .tooManyRows(let limit): self("import.tooManyLines", ["limit": "\(limit - 2)"])
        case .tooManyColumns(let cell, _): self("sheet.tooManyColumns", ["cell": "\(cell)"])
        case .tooManyCells: self("sheet.unpackedTooLarge")
        case .cellTooLong(let cell): self("sheet.cellTooLong", ["cell": "\(cell)"])
        case .oldOrEncrypted: self("sheet.oldOrEncrypted")
        case .notAWorkbook, .noSuchSheet: self("sheet.notAWorkbook")
        case .damaged, .forbiddenDeclaration: self("sheet.damaged")
        case .unknownEncoding, .notText: self("sheet.unknownEncoding")
        case .openQuote(let row): self("sheet.openQuote", ["row": "\(row)"])
        }
    }
}
