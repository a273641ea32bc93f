from django.db import migrations, models

# The standard question as it was stored until now: in the language of whoever had made the workshop.
STANDARD = (
    "May the researchers read what you write, too? They study how we work together. They never use your name.",
    "Får forskarna också läsa det du skriver? De studerar hur vi arbetar tillsammans. De använder aldrig ditt namn.",
    "هل يجوز للباحثين أيضًا قراءة ما تكتبه؟ إنهم يدرسون كيف نعمل معًا. ولا يستخدمون اسمك أبدًا.",
)


def forget_whose_language(apps, schema_editor):
    notices = apps.get_model("sessions_app", "ResearchNotice")
    notices.objects.filter(text__in=STANDARD).update(text="", language="")


def write_it_in_english(apps, schema_editor):
    notices = apps.get_model("sessions_app", "ResearchNotice")
    notices.objects.filter(text="").update(text=STANDARD[0])


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0012_saved_plans'),
    ]

    operations = [
        migrations.AddField(
            model_name='researchnotice',
            name='language',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AlterField(
            model_name='researchnotice',
            name='text',
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='consent',
            name='text',
            field=models.TextField(blank=True, help_text='What was asked, as the person read it.', max_length=2000),
        ),
        migrations.AddField(
            model_name='consent',
            name='language',
            field=models.CharField(blank=True, help_text='In which language they read it.', max_length=10),
        ),
        migrations.RunPython(forget_whose_language, write_it_in_english),
    ]
