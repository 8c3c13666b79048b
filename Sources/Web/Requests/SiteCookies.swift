import Domain
import Hummingbird
import Supervision

/// Holds the session's token.
enum SessionCookie {
    static let name = "mingchu_session"

    static func begin(_ session: SignedIn, now: UTCTime, isSecure: Bool) -> Cookie {
        let seconds = max(0, (session.expires - now).inMilliseconds / 1000)
        return Cookie(
            name: name, value: session.token.reveal(), maxAge: Int(seconds), path: "/", secure: isSecure,
            httpOnly: true, sameSite: .lax)
    }

    static func end(isSecure: Bool) -> Cookie {
        Cookie(name: name, value: "", maxAge: 0, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}

/// Holds what a parent's phone is signed in with: another cookie than people's, and nothing of supervision asks for it.
enum ParentCookie {
    static let name = "mingchu_parent"

    static func begin(_ session: ParentSignedIn, now: UTCTime, isSecure: Bool) -> Cookie {
        let seconds = max(0, (session.expires - now).inMilliseconds / 1000)
        return Cookie(
            name: name, value: session.token.reveal(), maxAge: Int(seconds), path: "/", secure: isSecure,
            httpOnly: true, sameSite: .lax)
    }

    static func end(isSecure: Bool) -> Cookie {
        Cookie(name: name, value: "", maxAge: 0, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }

    static func token(of request: Request) -> Secret? { request.cookies[name].map { Secret($0.value) } }
}

/// Holds the language that somebody chose.
enum LanguageCookie {
    static let name = "mingchu_language"

    static func cookie(_ language: Language, isSecure: Bool) -> Cookie {
        Cookie(
            name: name, value: language.rawValue, maxAge: 400 * 86_400, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .lax)
    }
}

/// Holds whether the rail at the left is narrow.
enum RailCookie {
    static let name = "mingchu_rail"

    static func cookie(isNarrow: Bool, isSecure: Bool) -> Cookie {
        Cookie(
            name: name, value: isNarrow ? "narrow" : "wide", maxAge: 400 * 86_400, path: "/", secure: isSecure,
            httpOnly: true, sameSite: .lax)
    }
}
