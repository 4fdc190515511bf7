//! What directives there are, and what may stand in each; `static/lessons/README.md` says what they mean.

/// A kind of directive.
#[derive(Debug, PartialEq, Eq)]
pub struct Spec {
    /// What it is called.
    pub name: &'static str,
    /// It concerns the lesson, wherever it is written; else it belongs to a step.
    pub top: bool,
    /// What follows its name, where something must.
    pub argument: Option<&'static str>,
    /// Its fields, in groups that several directives share.
    pub fields: &'static [&'static [&'static str]],
    /// The fields that it cannot do without.
    pub needs: &'static [&'static str],
    /// Lines `path = value` are fields too.
    pub assigns: bool,
    /// The fields of its items; none: it has no items.
    pub items: Option<&'static [&'static str]>,
    /// It has text, and must have some.
    pub text: bool,
}

const PLAIN: Spec = Spec {
    name: "",
    top: false,
    argument: None,
    fields: &[],
    needs: &[],
    assigns: false,
    items: None,
    text: false,
};

/// A guess on a scale; a curve is one at every instant.
const NUMBER: Spec = Spec {
    name: "number",
    fields: &[RUN, &["value", "scale", "near", "expect", "reveal"]],
    needs: &["at", "value", "scale", "near", "expect", "reveal"],
    text: true,
    ..PLAIN
};

/// What is done to the figure, and when one looks.
const RUN: &[&str] = &["do", "at"];

/// All of them.
pub static SPECS: [Spec; 15] = [
    Spec {
        name: "lesson",
        top: true,
        fields: &[&["chapter", "number", "minutes", "level", "aliases"]],
        needs: &["chapter", "number", "minutes", "level"],
        ..PLAIN
    },
    Spec {
        name: "variant",
        top: true,
        argument: Some("a letter and a label, such as \"A Calls that block\","),
        fields: &[&["scenario", "from"]],
        assigns: true,
        ..PLAIN
    },
    Spec {
        name: "fault",
        top: true,
        argument: Some("what its button says"),
        fields: &[&["fault", "for"]],
        needs: &["fault"],
        ..PLAIN
    },
    Spec {
        name: "teacher",
        top: true,
        fields: &[&["goal", "preparation", "live"]],
        needs: &["goal", "preparation", "live"],
        items: Some(&["answer"]),
        ..PLAIN
    },
    Spec {
        name: "claim",
        top: true,
        argument: Some("what it claims, in words"),
        fields: &[RUN, &["when"]],
        needs: &["at", "when"],
        ..PLAIN
    },
    Spec {
        name: "figure",
        argument: Some("what it shows: A, B or both"),
        fields: &[&["speed", "play", "knob", "faults", "look", "do"]],
        ..PLAIN
    },
    Spec {
        name: "predict",
        fields: &[RUN, &["reveal"]],
        needs: &["at", "reveal"],
        items: Some(&["when"]),
        text: true,
        ..PLAIN
    },
    NUMBER,
    Spec { name: "curve", ..NUMBER },
    Spec {
        name: "task",
        argument: Some("the condition that it waits for"),
        fields: &[&["do"]],
        needs: &["do"],
        text: true,
        ..PLAIN
    },
    Spec { name: "cue", argument: Some("the condition that it waits for"), text: true, ..PLAIN },
    Spec {
        name: "compare",
        fields: &[RUN, &["when"]],
        needs: &["at", "when"],
        items: Some(&["value"]),
        ..PLAIN
    },
    Spec { name: "quiz", fields: &[RUN], items: Some(&["because", "when"]), text: true, ..PLAIN },
    Spec { name: "real", text: true, ..PLAIN },
    Spec { name: "challenge", text: true, ..PLAIN },
];
