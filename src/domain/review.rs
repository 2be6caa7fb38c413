//! Regular looks at the pipeline, and what people learn from each other.

use super::ids::{
    ActivityId, CoachingId, DealId, ExperimentId, FeedbackId, PersonId, PipelineId, PracticeId,
    ReviewId, StageId, TeamId,
};
use super::stamp::Millis;
use crate::{entity, record, words};
use chrono::NaiveDate;

record! {
    /// What was said of a deal in a review.
    ReviewItem {
        /// When it was looked at, in milliseconds since 1970.
        seen: Millis,
        /// Why it was on the agenda, in words as they were then.
        why: Vec<String>,
        /// What was decided.
        decision: String,
        /// Activities planned on the spot.
        tasks: Vec<ActivityId>,
        /// Its place on the agenda, from 0.
        place: u32,
        /// Under which heading it stood, by the code of the heading; empty for none.
        section: String,
    }
}

entity! {
    /// A review of the pipeline, with its minutes.
    Review(ReviewId) sets ReviewField {
        /// Its name.
        name / Name: String = String::new(),
        /// The civil date it was held on.
        on / On: Option<NaiveDate> = None,
        /// What changed since this civil date was looked at.
        since / Since: Option<NaiveDate> = None,
        /// Whose deals, where it is of one person.
        person / Person: Option<PersonId> = None,
        /// Whose deals, where it is of a team.
        team / Team: Option<TeamId> = None,
        /// Of which pipeline; none means all.
        pipeline / Pipeline: Option<PipelineId> = None,
        /// Who led it.
        lead / Lead: Option<PersonId> = None,
        /// When it began, in milliseconds since 1970.
        begun / Begun: Millis = 0,
        /// When it was closed, in milliseconds since 1970.
        closed / Closed: Option<Millis> = None,
        /// What was said besides.
        notes / Notes: String = String::new(),
        /// What to celebrate.
        wins / Wins: String = String::new(),
    }
    with entries {
        /// What was said of each deal.
        items / Item: DealId => Box<ReviewItem>,
    }
}

words! {
    /// What a note to somebody is.
    CoachingKind: "coaching, praise, agreement or celebration" {
        /// What to work on.
        Coaching = "coaching",
        /// What went well.
        Praise = "praise",
        /// What was agreed.
        Agreement = "agreement",
        /// A win to celebrate.
        Celebration = "celebration",
    }
}

impl CoachingKind {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Coaching => "Coaching",
            Self::Praise => "Praise",
            Self::Agreement => "Agreement",
            Self::Celebration => "Celebration",
        }
    }
}

entity! {
    /// A note to a member of the team.
    Coaching(CoachingId) sets CoachingField {
        /// To whom.
        person / Person: Option<PersonId> = None,
        /// From whom.
        by / By: Option<PersonId> = None,
        /// The civil date.
        on / On: Option<NaiveDate> = None,
        /// What it is.
        kind / Kind: CoachingKind = CoachingKind::Coaching,
        /// What it says.
        text / Text: String = String::new(),
        /// The deal it is about.
        deal / Deal: Option<DealId> = None,
        /// When to come back to it.
        follow_up / FollowUp: Option<NaiveDate> = None,
        /// Whether it is done with.
        done / Done: bool = false,
    }
}

entity! {
    /// Something that works, for all to do.
    Practice(PracticeId) sets PracticeField {
        /// In a line.
        title / Title: String = String::new(),
        /// How to do it, and how one knows that it works.
        text / Text: String = String::new(),
        /// From whom.
        by / By: Option<PersonId> = None,
        /// The civil date it was written down.
        on / On: Option<NaiveDate> = None,
        /// The stage it belongs to.
        stage / Stage: Option<StageId> = None,
        /// The experiment that showed it.
        experiment / Experiment: Option<ExperimentId> = None,
    }
}

words! {
    /// What is said of the process.
    FeedbackKind: "problem, idea or praise" {
        /// Something is in the way.
        Problem = "problem",
        /// Something could be better.
        Idea = "idea",
        /// Something works.
        Praise = "praise",
    }
}

impl FeedbackKind {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Problem => "Problem",
            Self::Idea => "Idea",
            Self::Praise => "Praise",
        }
    }
}

entity! {
    /// What somebody says of the process at a stage.
    Feedback(FeedbackId) sets FeedbackField {
        /// At which stage.
        stage / Stage: Option<StageId> = None,
        /// From whom.
        by / By: Option<PersonId> = None,
        /// The civil date.
        on / On: Option<NaiveDate> = None,
        /// What it is.
        kind / Kind: FeedbackKind = FeedbackKind::Problem,
        /// What it says.
        text / Text: String = String::new(),
        /// The deal where it showed.
        deal / Deal: Option<DealId> = None,
        /// What was done about it; empty while nothing was.
        answer / Answer: String = String::new(),
    }
}
