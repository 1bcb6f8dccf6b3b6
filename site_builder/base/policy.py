"""What the policy and the State Board's rule ask, a sentence a requirement, for those who meet a finding.

The policy is the District's on Student Education Plans (`P`); the rule is R277-462-5 on plans for college and career
readiness (`U`), which a school follows when its `school.yaml` says so.
"""

from __future__ import annotations

from collections.abc import Mapping

REQUIREMENTS: Mapping[str, str] = {
    "P1": "A plan is begun at the start of grade 7.",
    "P2": "The plan names the student's skills and objectives.",
    "P3": "It maps out which courses the student will choose.",
    "P4": "It points to what comes after graduation, higher education and careers included.",
    "P5": "Student and parent or guardian make it, and consult counselors, teachers and administrators.",
    "P6": "The School Manager is the Principal, or a faculty member whom the Principal has appointed.",
    "P7": "The school keeps a separate file for each student: the plan and its supporting documents.",
    "P8": "A file may be divided by school year; participants can see earlier years at the school.",
    "P9": "The file holds a copy of each term's registration: classes, teachers' names and telephone numbers.",
    "P10": "The file holds each report card that the school has issued.",
    "P11": "The file holds names, addresses and telephone numbers of all participants.",
    "P12": "A small-group conference is for at most five students, with parents, counselors and teachers.",
    "P13": "Participants are the student, parent or guardian, and the staff assigned to that student's plan.",
    "P14": "The District adopts its policy after consulting personnel, parents and community councils.",
    "P15": "Each student is offered at least one conference a year, with teacher and parent.",
    "P16": "Small-group conferences may be held for classes or categories of students.",
    "P17": "A parent may ask for further conferences.",
    "P18": "A school may have a template for everyone; teacher, parent and student add to it.",
    "P19": "In grades 9 to 12 the student prepares the plan, consulting counselor or teacher and a parent.",
    "P20": "The plan binds nobody: it states needs and hopes, and gathers what helps.",
    "P21": "Objectives may lie beyond what the school can provide.",
    "P22": "Objectives come with activities and means: the school's, and those of parents, students or others.",
    "P23": "The file says what the student is good at and has achieved.",
    "P24": "The file keeps a record of progress toward the objectives, in any useful form.",
    "P25": "The file is open to all its participants on reasonable notice.",
    "P26": "Assigned staff know the student, help to plan and to watch progress, and attend conferences.",
    "P27": "Staff are trained in making plans as a part of in-service training.",
    "P28": "The State Board's inventory of working plans is open to staff.",
    "P29": "Requests for what is not at hand go to the Principal, who decides whether the school has the means.",
    "P30": "Time for plans may be taken from other activities as the Principal authorises.",
    "P31": "With an occupational objective the plan is reviewed by occupational staff, who become a participant.",
    "P32": "Resources of the community, such as work and study programs, support occupational objectives.",
    "P33": "Schools may enter into partnerships with private business.",
    "P34": "District and schools report to their patrons each year on what they did, plans included.",
    "P35": "The file is private: it is open to its participants, and to others only with recorded consent.",
    "P36": "A confidential document needs the consent of its custodian and of everyone else whom it affects.",
    "P37": "The file is complete: nothing in it is only a reference to papers kept elsewhere.",
    "P38": "The Board's other rules on privacy stay in force.",
    "U1": "A four-year plan is begun at the start of grade 7, or within the first year of enrollment.",
    "U2": "Student, parent and counselor make the plan together, and the parents' part is written down.",
    "U3": "The plan follows the student through the grades and from district to district.",
    "U4": "Course registration and class schedule agree with the plan.",
    "U5": "One individual and one group conference at least in each of grades 7-8, 9-10 and 11-12.",
    "U6": "The counseling department of the school keeps the plans.",
}


def cited(policy: str) -> tuple[str, ...]:
    """Return the requirements that an annotation such as `P13, U6` cites; none for an empty text."""
    return tuple(policy.split(", ")) if policy else ()
