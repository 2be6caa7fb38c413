//! The sample's ground: settings, pipeline, team, customers, products.

use super::generate::Sample;
use super::parties::{CONTACTS, ORGANISATIONS, OWN_DOMAIN, SELLERS};
use super::words::{COMPETITORS, LOST_REASONS, PRODUCTS, SOURCES, WON_REASONS};
use crate::domain::change::Edit;
use crate::domain::decide::{PIPELINE_NAME, STAGES};
use crate::domain::ids::{ContactId, OrgId, PipelineId, ProductId, StageId};
use crate::domain::money::Money;
use crate::domain::party::{ContactField, OrgField, PersonField, ProductField};
use crate::domain::rank::Rank;
use crate::domain::stage::{PipelineField, StageField};
use crate::domain::workspace::{WORKSPACE, WorkspaceField};

impl Sample {
    pub(super) fn workspace(&mut self) {
        let texts = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let lost: Vec<&str> = LOST_REASONS.iter().map(|r| r.reason).collect();
        let won: Vec<&str> = WON_REASONS.iter().map(|r| r.reason).collect();
        let sources: Vec<&str> = SOURCES.iter().map(|s| s.0).collect();
        for field in [
            WorkspaceField::Name("Tideway Energy (sample)".into()),
            WorkspaceField::Currency(self.currency),
            WorkspaceField::LostReasons(texts(&lost)),
            WorkspaceField::WonReasons(texts(&won)),
            WorkspaceField::HoldReasons(texts(&[
                "Waiting for budget",
                "Reorganisation",
                "Seasonal",
                "Asked to come back later",
            ])),
            WorkspaceField::Sources(texts(&sources)),
            WorkspaceField::Competitors(texts(&COMPETITORS)),
        ] {
            self.edits.push(Edit::Workspace(WORKSPACE, field));
        }
        let pipeline: PipelineId = self.ids.fresh();
        self.edits.push(Edit::Pipeline(
            pipeline,
            PipelineField::Name(PIPELINE_NAME.into()),
        ));
        self.edits.push(Edit::Pipeline(
            pipeline,
            PipelineField::Rank(Rank::between(None, None)),
        ));
        for (template, rank) in STAGES.iter().zip(Rank::spread(STAGES.len())) {
            let stage: StageId = self.ids.fresh();
            self.stages.push(stage);
            let fields = [
                StageField::Pipeline(pipeline),
                StageField::Name(template.name.into()),
                StageField::Rank(rank),
                StageField::Kind(template.kind),
                StageField::Probability(template.probability),
                StageField::RotDays((template.rot_days > 0).then_some(template.rot_days)),
                StageField::Hue(template.hue),
                StageField::Purpose(template.purpose.into()),
            ];
            self.edits.extend(fields.map(|f| Edit::Stage(stage, f)));
        }
    }

    pub(super) fn parties(&mut self) {
        self.people = SELLERS.iter().map(|_| self.ids.fresh()).collect();
        for (n, seller) in SELLERS.iter().enumerate() {
            let id = self.people[n];
            let manager = seller.manager.and_then(|m| self.people.get(m).copied());
            let fields = [
                PersonField::Name(seller.name.into()),
                PersonField::Email(format!("{}@{OWN_DOMAIN}", seller.mailbox)),
                PersonField::Manager(manager),
                PersonField::Office(seller.office.into()),
            ];
            self.edits.extend(fields.map(|f| Edit::Person(id, f)));
        }
        for org in &ORGANISATIONS {
            let id: OrgId = self.ids.fresh();
            self.organisations.push(id);
            let fields = [
                OrgField::Name(org.name.into()),
                OrgField::Website(org.domain.into()),
                OrgField::Industry(org.industry.into()),
                OrgField::Employees(Some(org.employees)),
                OrgField::Location(org.location.into()),
                OrgField::Founded(Some(org.founded)),
            ];
            self.edits.extend(fields.map(|f| Edit::Organisation(id, f)));
        }
        for contact in &CONTACTS {
            let id: ContactId = self.ids.fresh();
            self.contacts.push(id);
            let domain = ORGANISATIONS
                .get(contact.organisation)
                .map_or(OWN_DOMAIN, |o| o.domain);
            let fields = [
                ContactField::Name(contact.name.into()),
                ContactField::Title(contact.title.into()),
                ContactField::Organisation(self.organisations.get(contact.organisation).copied()),
                ContactField::Emails(vec![format!("{}@{domain}", contact.mailbox)]),
            ];
            self.edits.extend(fields.map(|f| Edit::Contact(id, f)));
        }
        for product in &PRODUCTS {
            let id: ProductId = self.ids.fresh();
            self.products.push(id);
            let fields = [
                ProductField::Name(product.name.into()),
                ProductField::Series(product.series.into()),
                ProductField::Price(Some(Money::new(product.price, self.currency))),
            ];
            self.edits.extend(fields.map(|f| Edit::Product(id, f)));
        }
    }
}
