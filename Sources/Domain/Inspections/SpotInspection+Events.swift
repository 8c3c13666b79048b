/// What happens to an inspection.
public enum SpotInspectionEvent: Hashable, Sendable {
    /// An inspector takes it along or starts to fill it in.
    case begin(by: PersonID)
    case handIn(InspectionReport, by: InspectionTemplate)
    /// A report that came when there was one already.
    case supplement(InspectionReport)
    case confirm(by: PersonID)
    case dispute(items: [String], reason: String, by: PersonID)
    /// - Parameter revoked: Of the disputed items; empty = the result stays as it is.
    case decide(revoked: [String], reason: String, by: PersonID)
    case open([String: CaseID], by: InspectionTemplate)
    /// The plan goes on with a newer version of its template.
    case renew(InspectionTemplate.Version)
    case withdraw(reason: String, by: PersonID)
}

/// What follows from an event.
public enum SpotInspectionEffect: Hashable, Sendable {
    /// To be written down.
    case enter(LedgerAct)
    /// These files belong to the inspection for good.
    case keep([InspectionFileID])
}

/// Why an event can't be.
public enum SpotInspectionRefusal: Error, Hashable, Sendable {
    /// Not in this state.
    case state(SpotInspection.State)
    /// Somebody else has handed in a report.
    case handedIn
    /// What was filled in is not the template's current version.
    case templateChanged(current: Int)
    case report(InspectionReport.Fault)
    /// The days in which the school may dispute are over.
    case tooLate
    /// Not one of the items that failed, that were disputed, or that wait for a case.
    case items
    /// Fewer than 2 or more than 1000 characters.
    case reason
    case tooManySupplements
}

extension SpotInspection {
    public static let mostSupplements = 20

    /// Changes nothing when it refuses.
    public mutating func apply(
        _ event: SpotInspectionEvent, at now: UTCTime
    ) throws(SpotInspectionRefusal) -> [SpotInspectionEffect] {
        var after = self
        let effects = try after.change(event, at: now)
        if !effects.isEmpty { after.version += 1 }
        self = after
        return effects
    }

    private mutating func change(
        _ event: SpotInspectionEvent, at now: UTCTime
    ) throws(SpotInspectionRefusal) -> [SpotInspectionEffect] {
        switch event {
        case .begin(let person):
            guard state.isOpen else { throw report == nil ? .state(state) : .handedIn }
            guard begun == nil else { return [] }
            (state, begun) = (.begun, Word(by: person, time: now, text: "", items: []))
            return [.enter(.inspectionBegun)]
        case .handIn(let new, let template):
            // Sent again because the answer was lost: it is there already.
            if isKnown(new.id) { return [] }
            guard state.isOpen else { throw report == nil ? .state(state) : .handedIn }
            guard new.template == self.template, template.version == self.template else {
                throw .templateChanged(current: self.template.number)
            }
            do throws(InspectionReport.Fault) { try new.check(by: template) } catch { throw .report(error) }
            (state, report) = (.handedIn, new)
            return [.enter(.inspectionHandedIn), .keep(new.files)]
        case .supplement(let new):
            if isKnown(new.id) { return [] }
            guard state.hasResult else { throw .state(state) }
            guard supplements.count < Self.mostSupplements else { throw .tooManySupplements }
            supplements.append(new)
            return [.enter(.inspectionSupplemented), .keep(new.files)]
        case .confirm(let person):
            guard state == .handedIn else { throw .state(state) }
            (state, confirmation) = (.confirmed, Word(by: person, time: now, text: "", items: []))
            return [.enter(.inspectionConfirmed)]
        case .dispute(let items, let reason, let person):
            guard state == .handedIn, let report else { throw .state(state) }
            guard disputeEnd.map({ now < $0 }) == true else { throw .tooLate }
            guard !items.isEmpty, items.allSatisfy({ report[$0]?.extent != nil }) else { throw .items }
            (state, dispute) = (.disputed, try word(person, reason, items, at: now))
            return [.enter(.inspectionDisputed)]
        case .decide(let revoked, let reason, let person):
            guard state == .disputed, let dispute else { throw .state(state) }
            guard revoked.allSatisfy(dispute.items.contains) else { throw .items }
            (state, decision) = (.decided, try word(person, reason, revoked, at: now))
            return [.enter(.inspectionDecided)]
        case .open(let opened, let template):
            let waiting = Set(casesToOpen(by: template).map(\.item))
            guard !opened.isEmpty, opened.keys.allSatisfy(waiting.contains) else { throw .items }
            cases.merge(opened) { known, _ in known }
            return [.enter(.inspectionCasesOpened)]
        case .renew(let newer):
            guard state.isOpen else { throw .state(state) }
            guard newer.id == template.id, newer.number > template.number else { return [] }
            template = newer
            return [.enter(.inspectionRenewed)]
        case .withdraw(let reason, let person):
            guard state.isOpen else { throw .state(state) }
            (state, withdrawal) = (.withdrawn, try word(person, reason, [], at: now))
            return [.enter(.inspectionWithdrawn)]
        }
    }

    private func isKnown(_ id: InspectionReportID) -> Bool {
        report?.id == id || supplements.contains { $0.id == id }
    }

    private func word(
        _ person: PersonID, _ text: String, _ items: [String], at now: UTCTime
    ) throws(SpotInspectionRefusal) -> Word {
        guard (2...1000).contains(text.count) else { throw .reason }
        return Word(by: person, time: now, text: text, items: items)
    }
}
