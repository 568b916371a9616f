"""Permissions: the things a person may do at a place."""

from enum import Enum


class Permission(Enum):
    """One thing a person may do at a place. All of them are named here, those of features to come too."""

    # The force, its members and their duty
    SEE_UNITS = "see units"
    SEE_STAFFING = "see staffing and abstraction rates"
    SEE_DUTY = "see who is on duty and who is away"
    SEE_MEMBERS = "see members and their postings"
    REPORT_ABSTRACTION = "report their own abstraction"
    RECORD_DUTY = "record shifts, absence and abstraction"
    CONFIRM_DUTY = "confirm a day"
    REVIEW_ABSTRACTION = "review abstraction"
    SET_COVER = "set minimum cover"
    PLAN_OPERATIONS = "plan operations"
    RECORD_TRAINING = "record and verify training"
    NAME_CONTACTS = "name neighbourhood contacts"
    MANAGE_MEMBERS = "manage members, postings and establishment"
    MANAGE_DEFINITIONS = "manage reasons and definitions"
    MANAGE_UNITS = "manage units"
    REVIEW_BOUNDARIES = "review the boundaries and priority classes of neighbourhoods"
    MANAGE_ACCOUNTS = "manage accounts"
    READ_JOURNAL = "read the journal"
    EXPORT = "download figures and records"
    # What every feature stands on
    SEE_DOCUMENTS = "read the document library"
    FILE_DOCUMENTS = "add to the document library"
    SEE_PARTNERS = "see partner agencies"
    MANAGE_PARTNERS = "manage partner agencies and their accounts"
    SHARE = "share records with partners"
    SEE_ACTIONS = "see actions and what is overdue"
    SET_ACTIONS = "set actions and assign them"
    SEE_LETTERS = "see letters and whether they arrived"
    # Listening
    SEE_PROFILES = "read neighbourhood profiles"
    KEEP_PROFILES = "keep neighbourhood profiles and communities"
    RECORD_INCIDENTS = "record incidents from other systems"
    NAME_SPECIALISTS = "name specialist contacts"
    SEE_KIN = "see the key individual network, without names"
    KEEP_KIN = "see key individuals by name and keep their records"
    EXPORT_KIN = "download key individuals"
    RECORD_CONTACTS = "record contacts and patrols"
    PLAN_ENGAGEMENT = "plan engagement"
    CHECK_ENGAGEMENT = "check the mix of voices and draw dip samples"
    KEEP_SURVEYS = "write surveys and keep panels"
    ASK_SURVEYS = "ask the questions of surveys"
    KEEP_MEETINGS = "call meetings and report on them"
    # Solving
    SEE_PROBLEMS = "see priorities and problems"
    KEEP_PROBLEMS = "keep priorities and problem records"
    SCORE_PROBLEMS = "score problem records"
    OVERRULE_ORIGINATORS = "close a priority against whoever raised it"
    SEE_SENSITIVE = "see named people and tactics in problem records"
    RUN_CAMPAIGNS = "run campaigns"
    SEND_INFORMATION = "send partner information"
    GRADE_INFORMATION = "grade partner information and see who sent it"
    READ_INFORMATION = "search partner information, without its senders"
    CALL_BACK = "call people back"
    # Judging
    REVIEW_MONTHS = "write the monthly review"
    SIGN_MONTHS = "sign a month off"
    MANAGE_MEASURES = "manage measures and targets"
    KEEP_INDICATORS = "enter survey figures"
    ASSESS = "assess the standard"
    READ_ASSESSMENT = "read the assessment and its evidence"
    # Telling
    WRITE_MESSAGES = "write messages and briefings"
    SEND_MESSAGES = "publish and send messages"
    READ_BRIEFINGS = "read briefings"
    READ_RESTRICTED = "read restricted briefing items"
    TAKE_CALLS = "look up a team for a caller and pass a message on"
    # Citizen focus and governance
    HANDLE_COMPLAINTS = "handle complaints"
    KEEP_STANDARDS = "keep corporate standards"
    OFFER_APPOINTMENTS = "offer and keep appointments"
    RECOGNISE = "recognise good work"
    ASSESS_IMPACT = "assess community impact"
    SEE_GOVERNANCE = "see boards, risks and recommendations"
    GOVERN = "keep boards, risks and recommendations"

    @property
    def wording(self) -> str:
        """The permission in words, after "may"."""
        return str(self.value)
