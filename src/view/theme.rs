//! Colour tokens and the two themes that give them their colours.

/// A colour by its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Token {
    /// Behind everything.
    Background,
    /// A panel.
    Panel,
    /// Behind the nodes.
    Stage,
    /// Text.
    Ink,
    /// Secondary text.
    Muted,
    /// Labels of axes, and what matters least.
    Faint,
    /// Edges of panels and cards.
    Line,
    /// Lines behind data.
    Grid,
    /// A link between nodes.
    Link,
    /// A free worker, the empty part of a bar.
    Idle,
    /// What can be pressed, and lane A's and B's badges.
    Accent,
    /// Text upon accent.
    OnAccent,
    /// A request.
    Request,
    /// A worker that computes.
    Busy,
    /// A waiting room's filling.
    Waiting,
    /// Good answers.
    Good,
    /// Failures; a faulty node; an open breaker.
    Failed,
    /// Late answers, retries.
    Late,
    /// Workers that wait for a downstream answer.
    Blocked,
    /// Asynchronous messages.
    Message,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

impl Token {
    /// All tokens, in the order of their declaration.
    pub const ALL: [Token; 20] = [
        Token::Background,
        Token::Panel,
        Token::Stage,
        Token::Ink,
        Token::Muted,
        Token::Faint,
        Token::Line,
        Token::Grid,
        Token::Link,
        Token::Idle,
        Token::Accent,
        Token::OnAccent,
        Token::Request,
        Token::Busy,
        Token::Waiting,
        Token::Good,
        Token::Failed,
        Token::Late,
        Token::Blocked,
        Token::Message,
    ];

    /// Its place in [`Token::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name in style sheets: `--background`, `--on-accent`, …, without the dashes in front.
    pub fn name(self) -> &'static str {
        NAMES[self.index()]
    }
}

const NAMES: [&str; 20] = [
    "background",
    "panel",
    "stage",
    "ink",
    "muted",
    "faint",
    "line",
    "grid",
    "link",
    "idle",
    "accent",
    "on-accent",
    "request",
    "busy",
    "waiting",
    "good",
    "failed",
    "late",
    "blocked",
    "message",
];

const LIGHT: [&str; 20] = [
    "#f6f7f9", "#ffffff", "#fbfcfe", "#1b2430", "#5b6675", "#8b95a3", "#dfe3ea", "#edf0f5", "#b9c2cf",
    "#e5e8ef", "#2f5fd0", "#ffffff", "#0b6bcb", "#2f7fd6", "#9db7dd", "#0a8f6a", "#c8372d", "#b86e00",
    "#e08a00", "#7a3fc0",
];

const DARK: [&str; 20] = [
    "#0f141b", "#171e28", "#121821", "#e8edf4", "#a3afbf", "#748194", "#2a3441", "#1c2530", "#475262",
    "#2a3340", "#7aa5ff", "#0f141b", "#5aa9ff", "#4f9cf0", "#40608f", "#3ccf9e", "#ff7a6e", "#ffb454",
    "#ffab3d", "#c39bff",
];

impl Theme {
    /// The colour of a token, as `#rrggbb`.
    pub fn hex(self, token: Token) -> &'static str {
        match self {
            Theme::Light => LIGHT[token.index()],
            Theme::Dark => DARK[token.index()],
        }
    }
}
