-- Mail to a person goes with the person: an address must not outlive its row in the outbox.
alter table pls.mail
    add foreign key (tenant_id, recipient_person_id) references pls.person (tenant_id, id) on delete cascade;
create index mail_recipient_person on pls.mail (tenant_id, recipient_person_id) where recipient_person_id is not null;
