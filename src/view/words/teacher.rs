//! Words of the teacher's page of a lesson, which the command line writes.

table! {
/// After the title of the lesson.
pub const FOR_TEACHERS: &str = ": for teachers";
/// After how many minutes it takes.
pub const MINUTES: &str = " minutes.";
/// What is to be learned.
pub const GOAL: &str = "Goal";
/// What is prepared before the lesson.
pub const BEFORE: &str = "Before";
/// What the teacher breaks while all are looking.
pub const LIVE: &str = "To break live";
/// Questions, with their answers.
pub const QUESTIONS: &str = "To ask the room";
/// Every step, with what follows a guess.
pub const STEPS: &str = "The steps, and what the guesses come to";
}
