/// Which role may do what, inside its territory. (权限表) The only place that says so; ``Person/may(_:at:)`` asks it.
enum PermissionMatrix {
    private static let A = Role.administrator
    private static let S = Role.supervisor
    private static let T = Role.township
    private static let E = Role.education
    private static let C = Role.school
    private static let V = Role.viewer
    private static let H = Role.hall

    // A table is read in columns.
    // swift-format-ignore
    static func roles(for act: Act) -> Set<Role> {
        switch act {
        case .see:            [A, S, T, E, C, V, H]
        case .watchLive:      [A, S, T, E, C, V, H]
        case .replay:         [A, S, T, E, C      ]
        case .export:         [A, S               ]

        case .lookAtCaptures: [A, S, T, E, C, V, H]
        case .judgeCaptures:  [   S, T            ]

        case .lookAtCases:    [A, S, T, E, C, V   ]
        case .openCase:       [   S               ]
        case .dispatch:       [   S               ]
        case .acknowledge:    [      T, E, C      ]
        case .submit:         [            C      ]
        case .askExtension:   [            C      ]
        case .appeal:         [            C      ]
        case .comment:        [A, S, T, E, C      ]
        case .urge:           [   S, T, E         ]
        case .review:         [   S, T            ]
        case .reinspect:      [   S, T            ]
        case .extend:         [   S, T            ]
        case .transfer:       [   S               ]
        case .withdraw:       [   S               ]
        case .decideAppeal:   [   S               ]

        case .patrol:         [   S, T            ]
        case .planInspections: [  S, T            ]
        case .inspect:        [   S, T            ]
        case .lookAtInspections: [A, S, T, E, C   ]
        case .foreseeInspections: [A, S, T, E     ]
        case .answerInspection: [          C      ]
        case .decideInspection: [ S               ]
        case .lookAtWarnings: [A, S, T, E, C, V   ]
        case .endWarnings:    [   S, T            ]
        case .manageWarnings: [A, S               ]
        case .readFigures:    [A, S, T, E, C, V, H]
        case .issueReport:    [   S, T, E         ]
        case .scheduleReports:[A, S               ]
        case .readLedger:     [A, S               ]
        case .readViewings:   [A, S               ]

        case .manageCameras:  [A                  ]
        case .manageRules:    [A, S               ]
        case .manageGrid:     [A                  ]
        case .managePeople:   [A                  ]
        case .manageCalendar: [A, S               ]
        case .managePolicy:   [A, S               ]
        case .readDuties:     [A, S, T, E, C      ]
        case .enterDuties:    [            C      ]
        case .planDuties:     [A, S               ]
        case .readStaffPapers: [  S, T,    C      ]
        case .publish:        [A, S               ]
        case .cutPublic:      [A, S, T, E, C      ]
        case .inviteParents:  [            C      ]
        case .watchHall:      [A, S, T, E,    V, H]
        case .manageHall:     [A, S               ]
        case .lookAtActivities: [A, S, T, E, C, V, H]
        case .planActivities: [   S,    E, C      ]
        case .lookAtConcerns: [   S, T, E         ]
        case .answerConcerns: [   S, T            ]
        case .lookAtRegisters:[A, S, T, E, C      ]
        case .keepRegisters:  [A, S,       C      ]
        }
    }
}

extension Role {
    /// Somewhere; where, the person's territory says.
    public func may(_ act: Act) -> Bool { PermissionMatrix.roles(for: act).contains(self) }
}
