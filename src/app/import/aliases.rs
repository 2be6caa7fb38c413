//! The names other systems give what we know: tables of headings.

use super::holds::Holds;
use super::target::Target;

/// The names of a target, the likeliest first, `|` between two.
pub(super) type Names = (Target, &'static str);

const DEALS: &[Names] = &[
    (Target::FairleadId, "fairlead id"),
    (
        Target::ExternalId,
        "external id|opportunity id|deal id|record id|id|crm id|pipedrive system id",
    ),
    (
        Target::Title,
        "title|deal title|deal name|opportunity name|opportunity title|name|opportunity|deal|subject|titel|bezeichnung|betreff",
    ),
    (
        Target::Stage,
        "stage|deal stage|stage name|sales stage|stage pipeline|pipeline stage|opportunity stage|status label|phase",
    ),
    (
        Target::Pipeline,
        "pipeline|pipeline name|deal pipeline|sales process",
    ),
    (Target::Status, "status|deal status|outcome|state"),
    (
        Target::Value,
        "value|amount|deal value|deal amount|close value|total amount|amount amount|opportunity amount|opportunity value|lead value|expected deal value|contract value|total contract value|revenue|betrag|wert|auftragswert|umsatz",
    ),
    (
        Target::Currency,
        "currency|currency of value|deal currency|currency code|currency iso code|amount currency|total amount currency|amount currency code|währung",
    ),
    (Target::CloseDate, "close date|closing date"),
    (
        Target::ExpectedClose,
        "expected close date|expected close|expected closing date|expected closure date|estimated close date|forecast close date|erwarteter abschluss|abschluss|abschlussdatum",
    ),
    (
        Target::ClosedOn,
        "closed on|deal closed on|closed date|closed at|won time|won date|won on|date won|lost time|lost date|lost on|date lost",
    ),
    (
        Target::Engaged,
        "work began on|engage date|engagement date|engaged on|date engaged|start date|started on",
    ),
    (
        Target::StageSince,
        "stage since|in this stage since|last stage change|last stage change date|date entered current stage|stage changed|stage entered",
    ),
    (Target::StageHistory, "stage history"),
    (Target::Place, "place in column"),
    (
        Target::Created,
        "created|deal created|create date|created date|creation date|date created|created at|created time|add time|created on|open date",
    ),
    (
        Target::Organisation,
        "organisation|organization|account|account name|company|company name|customer|client|associated company primary|associated company|lead name|organisation name|organization name",
    ),
    (
        Target::Contacts,
        "contacts|contact|contact person|contact name|associated contact|associated contacts|point of contact|primary contact|primary contact name|person",
    ),
    (
        Target::Owner,
        "owner|deal owner|opportunity owner|sales agent|sales rep|sales representative|salesperson|rep|agent|assigned to|assigned user|user name|responsible|seller|account manager",
    ),
    (
        Target::Products,
        "products|product|product name|line items|item",
    ),
    (
        Target::Probability,
        "own probability|probability|deal probability|confidence|win probability",
    ),
    (Target::Category, "forecast category|forecast category name"),
    (
        Target::Source,
        "source|lead source|deal source|source channel|source origin|original traffic source",
    ),
    (Target::Tags, "tags|deal tags|labels|label|tag"),
    (
        Target::Reason,
        "reason|lost reason|closed lost reason|closed won reason|won reason|loss reason|close reason|dead deal reason",
    ),
    (
        Target::ClosingNote,
        "closing note|lost notes|lost note|won notes",
    ),
    (
        Target::Competitor,
        "competitor|competitors|main competitor|main competitors",
    ),
    (
        Target::SaleKind,
        "kind of sale|deal type|opportunity type|type|business type",
    ),
    (
        Target::Renewal,
        "up for renewal on|renewal date|renewal|contract end date|subscription end date",
    ),
    (
        Target::NextStep,
        "next step|next steps|opportunity next steps|next task text",
    ),
    (
        Target::NextStepDue,
        "next step due|next activity date|next step date|next task date",
    ),
    (
        Target::Description,
        "description|deal description|note|notes|comment|comments",
    ),
];

const ORGANISATIONS: &[Names] = &[
    (
        Target::ExternalId,
        "external id|record id|id|organisation id|organization id|company id|account id|lead id",
    ),
    (
        Target::Name,
        "name|account|account name|company|company name|organisation|organization|organisation name|organization name|lead name|display name|customer",
    ),
    (
        Target::Website,
        "website|web site|url|domain|company domain name|domain name|website url|homepage",
    ),
    (Target::Industry, "industry|sector|branch|category"),
    (
        Target::Employees,
        "employees|number of employees|no of employees|employee count|headcount|size|staff",
    ),
    (
        Target::Revenue,
        "revenue|annual revenue|yearly revenue|turnover|arr|annual recurring revenue arr",
    ),
    (
        Target::Currency,
        "currency|currency code|currency iso code|annual revenue currency",
    ),
    (
        Target::Founded,
        "founded|year founded|year established|established|founding year",
    ),
    (
        Target::Location,
        "location|office location|address|billing city|city|country|country region|billing country|headquarters|hq",
    ),
    (
        Target::Parent,
        "parent|parent organisation|parent organization|parent account|parent company|subsidiary of|belongs to",
    ),
    (
        Target::Description,
        "description|about|about us|notes|note|tagline",
    ),
];

const CONTACTS: &[Names] = &[
    (
        Target::ExternalId,
        "external id|record id|id|contact id|person id",
    ),
    (
        Target::Name,
        "name|full name|contact name|contact|person|display name",
    ),
    (
        Target::FirstName,
        "first name|given name|forename|name first name",
    ),
    (
        Target::LastName,
        "last name|family name|surname|name last name",
    ),
    (Target::JobTitle, "job title|title|position|role|function"),
    (
        Target::Organisation,
        "organisation|organization|account|account name|company|company name|associated company|associated company primary|lead name|organisation name|organization name|employer",
    ),
    (
        Target::Emails,
        "email|e mail|email address|email work|work email|primary email|email home|email other|other emails|emails primary email|emails",
    ),
    (
        Target::Phones,
        "phone|phone number|phone work|work phone|mobile|mobile phone|mobile phone number|telephone|primary phone|phone home|phone other|other phones|phones primary phone number|phones",
    ),
    (
        Target::Description,
        "description|background|notes|note|about",
    ),
];

const PEOPLE: &[Names] = &[
    (
        Target::Name,
        "name|sales agent|agent|full name|team member|owner|rep|sales rep|salesperson|user|user name|employee",
    ),
    (Target::FirstName, "first name|given name|forename"),
    (Target::LastName, "last name|family name|surname"),
    (
        Target::Emails,
        "email|e mail|email address|work email|user email",
    ),
    (
        Target::Manager,
        "manager|sales manager|team lead|team leader|reports to|supervisor|manager name",
    ),
    (
        Target::Office,
        "office|regional office|region|territory|team|location|sales office",
    ),
];

const PRODUCTS: &[Names] = &[
    (Target::Name, "product|name|product name|item|title"),
    (
        Target::Series,
        "series|family|product family|category|line|product line|group",
    ),
    (
        Target::Price,
        "price|sales price|unit price|list price|price per unit|amount|unit cost",
    ),
    (
        Target::Currency,
        "currency|currency code|currency iso code|price currency",
    ),
    (
        Target::Code,
        "code|product code|sku|article number|item number|product sku",
    ),
    (
        Target::Period,
        "period|paid|billing period|billing frequency|recurring billing frequency|recurring",
    ),
];

const ACTIVITIES: &[Names] = &[
    (
        Target::Title,
        "subject|activity subject|title|name|task|activity|activity name|text|task title",
    ),
    (
        Target::Kind,
        "type|activity type|kind|task type|task subtype",
    ),
    (
        Target::Deal,
        "deal|deal title|deal name|deal id|opportunity|opportunity name|opportunity id|related to|regarding|associated deal",
    ),
    (
        Target::Contacts,
        "contact|contact person|contact name|person|associated contact|name of contact",
    ),
    (
        Target::Owner,
        "owner|assigned to|assignee|assigned to user|user|activity owner|responsible",
    ),
    (
        Target::Due,
        "due date|due|date|activity date|start date|scheduled for",
    ),
    (Target::DueTime, "due time|time|start time"),
    (
        Target::Done,
        "done|completed|is done|is completed|is closed|done status",
    ),
    (
        Target::DoneOn,
        "done on|done date|completed on|completed at|completion date|marked as done time|done time",
    ),
    (
        Target::Created,
        "created|created at|create date|created date|add time|date created",
    ),
    (
        Target::Description,
        "description|note|notes|body|comments|comment|details",
    ),
];

/// The table of a kind of file.
pub(super) fn names(holds: Holds) -> &'static [Names] {
    match holds {
        Holds::Deals => DEALS,
        Holds::Organisations => ORGANISATIONS,
        Holds::Contacts => CONTACTS,
        Holds::People => PEOPLE,
        Holds::Products => PRODUCTS,
        Holds::Activities => ACTIVITIES,
        Holds::Nothing => &[],
    }
}
